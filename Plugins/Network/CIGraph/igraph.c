#include "CIGraph.h"

#include <stdio.h>
#include <string.h>

static _Thread_local char problem[256] = "";

const char *cigraph_problem(void) { return problem; }

#if __has_include(<igraph/igraph.h>)

#include <dlfcn.h>
#include <igraph/igraph.h>
#include <pthread.h>
#include <math.h>
#include <stdlib.h>

/* The version whose headers these are made for: a library of another one has another name. */
static const char *const library_name = "libigraph.so.3";

/* What is asked of the library, by the names that it has there. */
#define FUNCTIONS(each)                                                                                              \
  each(igraph_version) each(igraph_strerror) each(igraph_set_error_handler) each(igraph_error_handler_ignore)        \
      each(igraph_set_warning_handler) each(igraph_warning_handler_ignore) each(igraph_set_interruption_handler)     \
          each(igraph_vector_int_view) each(igraph_vector_view) each(igraph_vector_init) each(igraph_vector_destroy) \
              each(igraph_vector_int_init) each(igraph_vector_int_destroy) each(igraph_create) each(igraph_destroy)  \
                  each(igraph_community_leiden) each(igraph_eigenvector_centrality) each(igraph_arpack_options_init) \
                      each(igraph_rng_default) each(igraph_rng_seed) each(igraph_matrix_init)                        \
                          each(igraph_matrix_destroy) each(igraph_matrix_get) each(igraph_matrix_set)                \
                              each(igraph_layout_kamada_kawai) each(igraph_layout_fruchterman_reingold)

#define DECLARE(name) __typeof__(&name) name##_;
static struct {
  FUNCTIONS(DECLARE)
} call;

/* igraph keeps its handlers and its numbers by chance for the whole process. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static bool is_loaded = false;
static const char *version = "";

static bool find(void *library, const char *name, void *place) {
  void *found = dlsym(library, name);
  if (!found) {
    snprintf(problem, sizeof problem, "%s has no %s", library_name, name);
    return false;
  }
  memcpy(place, &found, sizeof found);
  return true;
}

static int load_locked(void) {
  if (is_loaded) return CIGRAPH_OK;
  const char *place = getenv("ENTENTE_IGRAPH");
  void *library = dlopen(place ? place : library_name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *words = dlerror();
    snprintf(problem, sizeof problem, "%s", words ? words : "it cannot be opened");
    return CIGRAPH_MISSING;
  }
#define FIND(name) \
  if (!find(library, #name, &call.name##_)) return CIGRAPH_MISSING;
  FUNCTIONS(FIND)
  call.igraph_version_(&version, NULL, NULL, NULL);
  is_loaded = true;
  return CIGRAPH_OK;
}

int cigraph_load(void) {
  pthread_mutex_lock(&one_at_a_time);
  int status = load_locked();
  pthread_mutex_unlock(&one_at_a_time);
  return status;
}

const char *cigraph_version(void) { return version; }

static cigraph_check current_check = NULL;
static void *current_context = NULL;

static igraph_error_t interrupted(void *data) {
  (void)data;
  return current_check && current_check(current_context) ? IGRAPH_INTERRUPTED : IGRAPH_SUCCESS;
}

/* Takes the library, and sets what it does on an error: without that it ends the process. */
static int begin(cigraph_check check, void *context) {
  pthread_mutex_lock(&one_at_a_time);
  int status = load_locked();
  if (status != CIGRAPH_OK) {
    pthread_mutex_unlock(&one_at_a_time);
    return status;
  }
  call.igraph_set_error_handler_(call.igraph_error_handler_ignore_);
  call.igraph_set_warning_handler_(call.igraph_warning_handler_ignore_);
  current_check = check;
  current_context = context;
  call.igraph_set_interruption_handler_(interrupted);
  return CIGRAPH_OK;
}

static int end(igraph_error_t error) {
  current_check = NULL;
  pthread_mutex_unlock(&one_at_a_time);
  if (error == IGRAPH_SUCCESS) return CIGRAPH_OK;
  if (error == IGRAPH_INTERRUPTED) return CIGRAPH_STOPPED;
  snprintf(problem, sizeof problem, "%s", call.igraph_strerror_(error));
  return CIGRAPH_FAILED;
}

static igraph_error_t make(const cigraph_graph *graph, igraph_t *made) {
  igraph_vector_int_t ends = {0};
  call.igraph_vector_int_view_(&ends, graph->ends, 2 * graph->edges);
  return call.igraph_create_(made, &ends, graph->nodes, graph->is_directed);
}

int cigraph_leiden(
    const cigraph_graph *graph, const double *node_weights, double resolution, uint64_t seed, cigraph_check check,
    void *context, int64_t *membership) {
  int status = begin(check, context);
  if (status != CIGRAPH_OK) return status;
  igraph_t made;
  igraph_error_t error = make(graph, &made);
  if (error != IGRAPH_SUCCESS) return end(error);
  igraph_vector_t edges = {0}, nodes = {0};
  call.igraph_vector_view_(&edges, graph->weights, graph->edges);
  call.igraph_vector_view_(&nodes, node_weights, graph->nodes);
  igraph_vector_int_t blocs;
  error = call.igraph_vector_int_init_(&blocs, graph->nodes);
  if (error == IGRAPH_SUCCESS) {
    call.igraph_rng_seed_(call.igraph_rng_default_(), seed);
    /* As Leiden's own implementation: little randomness in refinement, and rounds until nothing moves. Asked for that by a
       negative number of rounds, igraph before 1.0 stops after the first that moves something (its issue 2798). */
    igraph_real_t quality = -INFINITY, before = quality;
    for (int round = 0; error == IGRAPH_SUCCESS && (round == 0 || (quality > before && round < 100)); round++) {
      before = quality;
      error = call.igraph_community_leiden_(
          &made, &edges, &nodes, resolution, 0.01, round > 0, 2, &blocs, NULL, &quality);
    }
    if (error == IGRAPH_SUCCESS) memcpy(membership, VECTOR(blocs), (size_t)graph->nodes * sizeof *membership);
    call.igraph_vector_int_destroy_(&blocs);
  }
  call.igraph_destroy_(&made);
  return end(error);
}

int cigraph_eigenvector(
    const cigraph_graph *graph, cigraph_check check, void *context, double *vector, double *value) {
  int status = begin(check, context);
  if (status != CIGRAPH_OK) return status;
  igraph_t made;
  igraph_error_t error = make(graph, &made);
  if (error != IGRAPH_SUCCESS) return end(error);
  igraph_vector_t weights = {0}, found;
  call.igraph_vector_view_(&weights, graph->weights, graph->edges);
  error = call.igraph_vector_init_(&found, graph->nodes);
  if (error == IGRAPH_SUCCESS) {
    igraph_arpack_options_t options;
    call.igraph_arpack_options_init_(&options);
    options.mxiter = 100000;
    error = call.igraph_eigenvector_centrality_(
        &made, &found, value, graph->is_directed, true, &weights, &options);
    if (error == IGRAPH_SUCCESS) memcpy(vector, VECTOR(found), (size_t)graph->nodes * sizeof *vector);
    call.igraph_vector_destroy_(&found);
  }
  call.igraph_destroy_(&made);
  return end(error);
}

/* The places that are given are where it begins: nothing of them is left to chance. */
static igraph_error_t lay_out(
    const cigraph_graph *graph, igraph_t *made, bool is_large, igraph_matrix_t *found, double *places) {
  for (int64_t node = 0; node < graph->nodes; node++) {
    call.igraph_matrix_set_(found, node, 0, places[2 * node]);
    call.igraph_matrix_set_(found, node, 1, places[2 * node + 1]);
  }
  igraph_error_t error =
      is_large ? call.igraph_layout_fruchterman_reingold_(
                     made, found, true, 500, sqrt((double)graph->nodes), IGRAPH_LAYOUT_NOGRID, NULL, NULL, NULL, NULL, NULL)
               : call.igraph_layout_kamada_kawai_(
                     made, found, true, 50 * graph->nodes, 0, (double)graph->nodes, NULL, NULL, NULL, NULL, NULL);
  for (int64_t node = 0; error == IGRAPH_SUCCESS && node < graph->nodes; node++) {
    places[2 * node] = call.igraph_matrix_get_(found, node, 0);
    places[2 * node + 1] = call.igraph_matrix_get_(found, node, 1);
  }
  return error;
}

int cigraph_layout(
    const cigraph_graph *graph, bool is_large, uint64_t seed, cigraph_check check, void *context, double *places) {
  int status = begin(check, context);
  if (status != CIGRAPH_OK) return status;
  igraph_t made;
  igraph_error_t error = make(graph, &made);
  if (error != IGRAPH_SUCCESS) return end(error);
  call.igraph_rng_seed_(call.igraph_rng_default_(), seed);
  igraph_matrix_t found;
  error = call.igraph_matrix_init_(&found, graph->nodes, 2);
  if (error == IGRAPH_SUCCESS) {
    error = lay_out(graph, &made, is_large, &found, places);
    call.igraph_matrix_destroy_(&found);
  }
  call.igraph_destroy_(&made);
  return end(error);
}

#else

int cigraph_load(void) {
  snprintf(problem, sizeof problem, "the plugin was built without igraph's headers");
  return CIGRAPH_UNBUILT;
}

const char *cigraph_version(void) { return ""; }

int cigraph_leiden(
    const cigraph_graph *graph, const double *node_weights, double resolution, uint64_t seed, cigraph_check check,
    void *context, int64_t *membership) {
  (void)graph, (void)node_weights, (void)resolution, (void)seed, (void)check, (void)context, (void)membership;
  return cigraph_load();
}

int cigraph_layout(
    const cigraph_graph *graph, bool is_large, uint64_t seed, cigraph_check check, void *context, double *places) {
  (void)graph, (void)is_large, (void)seed, (void)check, (void)context, (void)places;
  return cigraph_load();
}

int cigraph_eigenvector(
    const cigraph_graph *graph, cigraph_check check, void *context, double *vector, double *value) {
  (void)graph, (void)check, (void)context, (void)vector, (void)value;
  return cigraph_load();
}

#endif
