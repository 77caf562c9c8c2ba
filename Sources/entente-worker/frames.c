#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "worker.h"

/* Nothing is left to do: no handlers, no flushing of what a plugin left in stdio. */
static _Noreturn void end(void) { _exit(0); }

static void send_all(const void *bytes, uint64_t length) {
  const uint8_t *at = bytes;
  while (length) {
    ssize_t sent = send(HOST, at, length, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) end();
    at += sent;
    length -= (uint64_t)sent;
  }
}

void send_frame(uint32_t kind, const void *payload, uint64_t length) {
  uint32_t head[2] = {(uint32_t)length, kind};
  send_all(head, sizeof head);
  send_all(payload, length);
}

/* `interruptible` only before the first byte, so that no frame is left half-read. */
static bool receive_all(void *bytes, uint64_t length, bool interruptible) {
  uint8_t *at = bytes;
  while (length) {
    ssize_t got = recv(HOST, at, length, 0);
    if (got < 0 && errno == EINTR) {
      if (interruptible && is_cancelled) return false;
      continue;
    }
    if (got <= 0) end();
    interruptible = false;
    at += got;
    length -= (uint64_t)got;
  }
  return true;
}

bool receive_frame(uint32_t *kind, pt_buffer *payload) {
  uint32_t head[2];
  if (is_cancelled || !receive_all(head, sizeof head, true)) return false;
  payload->length = 0;
  if (head[0] > PT_MOST_PAYLOAD || (head[0] > payload->capacity && !pt_reserve(payload, head[0]))) end();
  receive_all(payload->bytes, head[0], false);
  payload->length = head[0];
  *kind = head[1];
  return true;
}
