"""The surplus of a closed year: shared by the meeting's decision, paid out, its funds spent."""
