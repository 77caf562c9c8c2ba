"""Centrality in two-mode networks, normalised as Borgatti and Halgin do (2011): a small package of Python alone, that stands
beside the plugin as a vendored one such as networkx would.

A graph is a dict: node -> its neighbours. `tops` are the nodes of the one kind, the others are of the other.
"""

from .centrality import betweenness, closeness, degree

__all__ = ["betweenness", "closeness", "degree"]
