"""Many contracts as one Parquet data set: its tables by contract and campaign, its descriptor, its workbook."""
