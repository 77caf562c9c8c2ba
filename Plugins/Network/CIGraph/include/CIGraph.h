/* What this plugin asks of igraph's C library (https://igraph.org), which is free software under the GNU General Public
 * License, version 2 or later. The library is looked for when it is first needed and is not linked: where it is missing,
 * everything else runs. igraph is not safe for threads: one call at a time. */
#ifndef CIGRAPH_H
#define CIGRAPH_H

#include <stdbool.h>
#include <stdint.h>

enum {
  CIGRAPH_OK = 0,
  CIGRAPH_MISSING = 1,   /* the library is not here, or lacks what is asked of it */
  CIGRAPH_UNBUILT = 2,   /* the plugin was built where igraph's headers were not */
  CIGRAPH_STOPPED = 3,   /* the caller's check said so */
  CIGRAPH_FAILED = 4     /* igraph gave up: cigraph_problem tells why */
};

/* A graph: edge i joins ends[2i] and ends[2i + 1], with weights[i]. */
typedef struct cigraph_graph {
  int64_t nodes;
  int64_t edges;
  const int64_t *ends;
  const double *weights;
  bool is_directed;
} cigraph_graph;

/* Asked while igraph works; anything but 0 ends it. */
typedef int (*cigraph_check)(void *context);

/* Loads the library where that is not done; then its version, as 0.10.2. */
int cigraph_load(void);
const char *cigraph_version(void);
/* What went wrong last on this thread. */
const char *cigraph_problem(void);

/* Leiden (Traag, Waltman & van Eck 2019) until nothing moves any more: the bloc of each node, from 0 on. */
int cigraph_leiden(
    const cigraph_graph *graph, const double *node_weights, double resolution, uint64_t seed, cigraph_check check,
    void *context, int64_t *membership);

/* The leading eigenvector, and its eigenvalue; of a directed graph, of what leads to each node. */
int cigraph_eigenvector(
    const cigraph_graph *graph, cigraph_check check, void *context, double *vector, double *value);

/* Where the nodes of a graph that hangs together lie, x and y of each: from the places that are given on, by Kamada &
 * Kawai (1989), or where it is large by Fruchterman & Reingold (1991). */
int cigraph_layout(
    const cigraph_graph *graph, bool is_large, uint64_t seed, cigraph_check check, void *context, double *places);

#endif
