def _others(graph, tops):
    tops = set(tops)
    return tops, set(graph) - tops


def degree(graph, tops):
    """Neighbours, as a part of all nodes of the other kind."""
    tops, bottoms = _others(graph, tops)
    return {node: len(graph[node]) / len(bottoms if node in tops else tops) for node in graph}


def _search(graph, start):
    """Brandes (2001): the nodes by their distance, how many shortest paths lead to each, and over which nodes."""
    order, paths, distance, before = [], dict.fromkeys(graph, 0), {start: 0}, {node: [] for node in graph}
    paths[start] = 1
    queue = [start]
    for node in queue:
        order.append(node)
        for neighbour in graph[node]:
            if neighbour not in distance:
                distance[neighbour] = distance[node] + 1
                queue.append(neighbour)
            if distance[neighbour] == distance[node] + 1:
                paths[neighbour] += paths[node]
                before[neighbour].append(node)
    return order, paths, distance, before


def betweenness(graph, tops, tell=lambda fraction: None):
    """The part of shortest paths that lead over a node, of the most that a node of its kind can have."""
    found = dict.fromkeys(graph, 0.0)
    for place, start in enumerate(graph):
        tell(place / len(graph))
        order, paths, _, before = _search(graph, start)
        share = dict.fromkeys(graph, 0.0)
        for node in reversed(order):
            for earlier in before[node]:
                share[earlier] += paths[earlier] / paths[node] * (1 + share[node])
            if node != start:
                found[node] += share[node]
    tops, bottoms = _others(graph, tops)
    n, m = len(tops), len(bottoms)
    return {node: found[node] / 2 / most if (most := _most(*((n, m) if node in tops else (m, n)))) else 0.0 for node in graph}


def _most(own, other):
    s, t = divmod(own - 1, other)
    return (other ** 2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def closeness(graph, tops):
    """The least sum of distances that a node of its kind can have, by that which it has, in its own part of the graph."""
    tops, bottoms = _others(graph, tops)
    n, m = len(tops), len(bottoms)
    found = {}
    for node in graph:
        distance = _search(graph, node)[2]
        total = sum(distance.values())
        least = (m + 2 * (n - 1)) if node in tops else (n + 2 * (m - 1))
        found[node] = least / total * (len(distance) - 1) / (len(graph) - 1) if total else 0.0
    return found
