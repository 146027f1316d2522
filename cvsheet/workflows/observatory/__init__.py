"""`cvsheet observatory`: many contract folders as one data set, on the processors at hand or on a Dask cluster."""
