"""The pages and files of an edition, made from its public records alone. One file per noun."""
