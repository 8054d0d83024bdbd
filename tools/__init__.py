"""Small programs that set up, check and measure the repository; never imported by the product."""
