"""The rules: what is wrong, doubtful or missing, one folder for each thing that is looked at."""
