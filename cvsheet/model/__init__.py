"""What a contract, a return and a finding are: plain data, which every other room speaks."""
