"""What the numbers of all returns come to: values, situations, conflicts, and what may be shown of them."""
