"""The statements a cooperative signs: figures from the kept balances, text kept between years."""
