"""What the writers of several workbooks share."""
