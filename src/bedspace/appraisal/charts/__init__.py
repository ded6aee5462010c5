"""The charts of an appraisal: each says what it finds, and has nothing that a table lacks."""
