"""The example world, loaded through the same acts that people use: the public record, and Northmoor.

Nothing here writes to a model. Each module loads one kind of thing; :mod:`.loading` has the order.
"""
