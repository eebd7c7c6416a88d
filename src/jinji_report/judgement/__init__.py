"""研判: from facts and standards to a verdict, and from a verdict to limits. Pure."""
