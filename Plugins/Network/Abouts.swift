import PluginKit

// What the analyses of this plugin compute, after whom, and what they do not say.

extension About {
  static let centrality = About(
    """
    How central each node is: how many ties it has (degree), on how many shortest paths between two others it lies \
    (betweenness), how near it is to all others (closeness), and how central those are that it is tied to (eigenvector). In \
    mode two-mode members and initiatives are nodes; in modes members and initiatives those who share something are tied, as \
    strongly as how much they share. Where parts of the graph are not joined, closeness is within a part, times the part of \
    all others that it reaches. In mode two-mode the eigenvector is, of each mode, that of what its nodes share with each other, \
    without what each shares with itself; `eigenvector both` takes the ties between the modes.
    """,
    formulas: [
      "betweenness(v) = Σ over pairs s, t of σ(s, t | v) / σ(s, t), with σ the number of shortest paths, by Brandes' algorithm",
      "one mode: degree_norm = degree / (n − 1); betweenness_norm = 2 betweenness / ((n − 1)(n − 2)), half of it where ties lead one way",
      "two modes of n and m nodes, for the n: degree_norm = degree / m; betweenness_norm = betweenness / ½(m²(s+1)² + m(s+1)(2t−s−1) − t(2s−t+3)), s = (n−1) div m, t = (n−1) mod m",
      "closeness(v) = r / (N − 1) · least / farness, with r the others reached of N − 1, and least = r in one mode, m + 2(n − 1) in two",
      "eigenvector: x = A·x / λ for the greatest λ; the greatest entry is 1, or with `scale norm` the sum of squares",
      "clustering of two modes = closed paths of three ties / all of them",
    ],
    sources: [
      "L. C. Freeman, “Centrality in social networks: Conceptual clarification”, Social Networks 1 (1979)",
      "S. P. Borgatti & M. G. Everett, “Network analysis of 2-mode data”, Social Networks 19 (1997); S. P. Borgatti & D. S. Halgin, “Analyzing affiliation networks” (2011)",
      "U. Brandes, “A faster algorithm for betweenness centrality”, Journal of Mathematical Sociology 25 (2001)",
      "S. Wasserman & K. Faust, Social Network Analysis (1994), for graphs in parts",
      "P. Bonacich, “Power and centrality”, American Journal of Sociology 92 (1987)",
      "G. Robins & M. Alexander, “Small worlds among interlocking directors”, Computational & Mathematical Organization Theory 10 (2004)",
      "the eigenvector by igraph's C library, which is free software under the GNU General Public License, version 2 or later",
    ],
    known: [
      KnownAnswer(
        of: "Davis, Gardner & Gardner (1941), as networkx tests it", data: "davis", "centrality",
        row: "event:E8",
        column: "degree_norm", "0.7778"),
      KnownAnswer(
        of: "the same", data: "davis", "centrality", row: "event:E8", column: "betweenness_norm", "0.2438"),
      KnownAnswer(
        of: "the same", data: "davis", "centrality", row: "event:E8", column: "closeness", "0.8462"),
      KnownAnswer(
        of: "the same", data: "davis", "centrality", row: "woman:Nora Fayette", column: "betweenness_norm",
        "0.1135"),
      KnownAnswer(
        of: "the same, as netrics tests it", data: "davis", "centrality", row: "woman:Evelyn Jefferson",
        column: "betweenness", "42.9802"),
      KnownAnswer(
        of: "the same", data: "davis", "centrality", row: "woman:Evelyn Jefferson", column: "eigenvector",
        "0.9009"),
      KnownAnswer(
        of: "the same, of the women alone", data: "davis", "centrality mode members",
        row: "woman:Laura Mandeville", column: "eigenvector", "0.8497"),
    ],
    limits: [
      "That who is central decides anything: only what is stated counts, and who is well reported has more of it.",
      "Anything of ties that nobody states: a path that is not known is no path.",
      "That numbers of graphs of different sizes compare: the normalised ones are by what each graph allows.",
    ])

  static let brokerage = About(
    """
    Who stands between others that do not meet. Constraint is how far a node's contacts lead back to each other: low where they \
    do not know each other. Effective size is how many contacts are not there twice over, efficiency that by their number. In \
    mode two-mode the constraint is that of Hollway, Morin & Pauwelyn, and the effective size that of Burchard & Cornwell, \
    without ties' strengths.
    """,
    formulas: [
      "pᵢⱼ = (aᵢⱼ + aⱼᵢ) / Σₖ (aᵢₖ + aₖᵢ); mⱼq = (aⱼq + aqⱼ) / maxₖ (aⱼₖ + aₖⱼ)",
      "constraint(i) = Σⱼ (pᵢⱼ + Σq pᵢq pqⱼ)²; effective size(i) = Σⱼ (1 − Σq pᵢq mⱼq)",
      "two modes, i's affiliates a and b: constraint(i) = Σₐ (cₐᵢ + Σ_{b≠a} Σ_{j≠i} c_bᵢ r_bⱼ cₐⱼ)², c the part of a column, r of a row",
      "two modes: effective size(i) = |N(i)| − Σ_{j∈N(i)} wᵢⱼ / Σₖ wᵢₖ · |N(i) ∩ N(j)|, with w what two share and N whom one shares something with",
    ],
    sources: [
      "R. S. Burt, Structural Holes (1992), pp. 51–55",
      "J. Hollway, J.-F. Morin & J. Pauwelyn, “Structural conditions for novelty”, International Environmental Agreements 20 (2020)",
      "J. Burchard & B. Cornwell, “Structural holes and bridging in two-mode networks”, Social Networks 55 (2018)",
    ],
    known: [
      KnownAnswer(
        of: "Borgatti (1997), as networkx tests it after UCINET", data: "borgatti",
        "brokerage property knows mode one-mode", row: "node:G", column: "constraint", "0.400"),
      KnownAnswer(
        of: "the same", data: "borgatti", "brokerage property knows mode one-mode", row: "node:A",
        column: "constraint", "0.595"),
      KnownAnswer(
        of: "the same", data: "borgatti", "brokerage property knows mode one-mode", row: "node:G",
        column: "effective_size", "4.67"),
      KnownAnswer(
        of: "Davis, Gardner & Gardner (1941), as netrics tests it", data: "davis", "brokerage",
        row: "woman:Evelyn Jefferson", column: "constraint", "0.2782"),
      KnownAnswer(
        of: "the same", data: "davis", "brokerage", row: "woman:Laura Mandeville", column: "constraint",
        "0.3071"),
    ],
    limits: [
      "That anybody uses the place between others: it says that there is one.",
      "Anything of a node without a tie, which has no measures.",
    ])

  static let blocs = About(
    """
    Who sticks together: the blocs that Leiden finds, by moving nodes, refining and joining blocs until nothing raises \
    modularity, which is how far ties keep within blocs beyond what would come of the same numbers of ties by chance. The best of \
    several starts is shown, and how many found as good a one. In mode two-mode the same modularity is taken of the graph of both.
    """,
    formulas: [
      "modularity = Σ over blocs of (weight within / weight of all ties − γ (ends of ties in it / ends of all ties)²)"
    ],
    sources: [
      "V. A. Traag, L. Waltman & N. J. van Eck, “From Louvain to Leiden”, Scientific Reports 9 (2019)",
      "M. E. J. Newman & M. Girvan, “Finding and evaluating community structure in networks”, Physical Review E 69 (2004)",
      "by igraph's C library, which is free software under the GNU General Public License, version 2 or later",
    ],
    known: [
      KnownAnswer(
        of: "Zachary's karate club (1977): the best modularity there is", data: "karate",
        "blocs property meets mode one-mode", row: "modularity", column: "value", "0.4198"),
      KnownAnswer(
        of: "the same: in how many groups", data: "karate", "blocs property meets mode one-mode",
        row: "blocs",
        column: "value", "4"),
    ],
    limits: [
      "That a bloc is an alliance: it is a pattern of shared membership.",
      "That there is nothing better: no start is sure to find the best, and blocs may be as good that look otherwise.",
      "Small blocs in a large graph, which modularity overlooks at any resolution.",
    ])

  static let core = About(
    """
    Which nodes are the core, all tied to each other, while those of the periphery are tied to the core alone. Chosen by \
    misfit, the core leaves the fewest ties missing within it and present within the periphery; by fit, among cores of \
    those with the most ties the one whose ties correlate best with that ideal; ties between both do not count. In mode \
    two-mode each mode has a core. Coreness is the greatest k so that a node is among nodes that have k ties to each other's.
    """,
    formulas: [
      "misfit(S) = |pairs in S without a tie| + |ties outside S|",
      "fit = the correlation of ties in S and outside S with 1 and 0",
    ],
    sources: [
      "S. P. Borgatti & M. G. Everett, “Models of core/periphery structures”, Social Networks 21 (2000)",
      "S. Z. W. Lip, “A fast algorithm for the discrete core/periphery bipartitioning problem”, arXiv:1102.5511 (2011)",
      "S. B. Seidman, “Network structure and minimum degree”, Social Networks 5 (1983)",
    ],
    limits: [
      "That there is a core: look at fit, and at the densities.",
      "How strong ties are: only whether there is one.",
    ])

  static let balance = About(
    """
    Whether the friends of friends are friends, and the enemies of enemies. A tie is positive by the properties that \
    `positive` names, negative by those of `negative`, and with `denials yes` where a positive one is denied. In mode members \
    two are for each other where they are on the same side of more than they are on different sides of, and against each other \
    where of less. Three that are all tied are balanced where the product of their signs is positive. The two camps leave the \
    fewest ties against them: exactly for parts of up to 20 nodes or in balance, else the best of 50 beginnings.
    """,
    formulas: [
      "balance = balanced triads / triads",
      "frustrated = min over two camps of |positive ties between them| + |negative ties within them|",
    ],
    sources: [
      "D. Cartwright & F. Harary, “Structural balance: A generalization of Heider's theory”, Psychological Review 63 (1956)",
      "F. Harary, “On the measurement of structural balance”, Behavioral Science 4 (1959)",
      "J. A. Davis, “Clustering and structural balance in graphs”, Human Relations 20 (1967), where three enemies are no strain",
    ],
    limits: [
      "That who is on the same side likes each other, or that who is not listed is against it.",
      "That an unbalanced three will change.",
    ])

  static let path = About(
    """
    The shortest chain of statements that links two things. A step is a statement that was chosen, names both of its ends, and \
    is read either way; that two things are distinct is no step. Of several chains of one length those with the first keys come \
    first.
    """,
    sources: ["breadth-first search: E. F. Moore, “The shortest path through a maze” (1959)"],
    limits: [
      "That anything went this way: it says that there is one.",
      "That the shortest chain is the one that matters.",
    ])

  static let spread = About(
    """
    When members joined, as far as the days are known, and how many of those that each shares another initiative with had \
    certainly joined before: its exposure when it joined. Of several statements of one membership the first beginning counts, \
    narrowed by others that may mean the same day. The periods tell how many joined in each at least and at most; who is only \
    possibly in it on the date, or without one is only to come, is among those at most and in no row.
    """,
    formulas: ["exposure = contacts that certainly joined earlier / contacts"],
    sources: [
      "T. W. Valente, “Social network thresholds in the diffusion of innovations”, Social Networks 18 (1996)",
      "E. M. Rogers, Diffusion of Innovations (1962)",
    ],
    limits: [
      "That anybody joined because others had.",
      "Since when contacts are contacts: an initiative that two share counts whenever they joined it.",
    ])

  static let drawing = About(
    """
    Ties and nodes as a picture draws them: nodes that are tied lie near each other, and those that are many steps apart lie \
    far apart. Each part that hangs together is laid out by itself.
    """,
    formulas: [
      "least Σ over pairs i, j of (|pᵢ − pⱼ| − dᵢⱼ)² / dᵢⱼ², with d the number of steps between them (Kamada & Kawai), from a circle on"
    ],
    sources: [
      "T. Kamada & S. Kawai, “An algorithm for drawing general undirected graphs”, Information Processing Letters 31 (1989)",
      "T. M. J. Fruchterman & E. M. Reingold, “Graph drawing by force-directed placement”, Software: Practice and Experience 21 (1991), of parts of more than 300 nodes",
      "both by igraph's C library, which is free software under the GNU General Public License, version 2 or later",
    ],
    limits: [
      "That who lies in the middle of the picture is central: `centrality` measures that.",
      "That near means alike: of a graph of more than a few nodes no picture keeps all distances.",
    ])
}
