"""What an appraisal is made of: figures, tables, their words, and what they rest on."""
