"""The desk: the contract in a browser, on this machine only (`cvsheet bureau`).

A thin shell, like the command line and the add-in: every figure comes from the façade, every sentence is the one that
the commands print. `server` starts and stops it, `guard` lets nobody else in, `follower` knows what lies in the folder
now, `jobs` does one thing at a time, `actions` are what can be asked for, `pages` what is shown.
"""
