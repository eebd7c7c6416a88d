"""报告: from facts and verdict to the words that go out, in every stage and format. Pure."""
