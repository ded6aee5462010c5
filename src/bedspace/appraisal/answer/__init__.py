"""The answer of an appraisal: sentences made of its figures by a fixed grammar."""
