"""cvsheet: follow a French *contrat de ville* with Excel workbooks and nothing else to install."""

__version__ = "0.1.0"
