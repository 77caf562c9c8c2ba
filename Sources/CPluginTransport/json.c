#include "plugin_transport.h"

/* Deeper, a line could exhaust the stack. */
enum { DEEPEST = 64 };
/* No number that is meant has more characters. */
enum { LONGEST_NUMBER = 100 };

typedef struct scan {
  const uint8_t *at;
  const uint8_t *end;
} scan;

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

static void skip_blanks(scan *from) {
  while (from->at < from->end && (*from->at == ' ' || *from->at == '\t' || *from->at == '\n' || *from->at == '\r')) from->at++;
}

static bool skip(scan *from, char character) {
  if (from->at == from->end || *from->at != (uint8_t)character) return false;
  from->at++;
  return true;
}

static bool word(scan *from, const char *wanted) {
  size_t length = strlen(wanted);
  if ((size_t)(from->end - from->at) < length || memcmp(from->at, wanted, length) != 0) return false;
  from->at += length;
  return true;
}

static bool digits(scan *from) {
  const uint8_t *first = from->at;
  while (from->at < from->end && is_digit(*from->at)) from->at++;
  return from->at > first;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
static bool number(scan *from) {
  const uint8_t *first = from->at;
  skip(from, '-');
  const uint8_t *whole = from->at;
  if (!digits(from) || (*whole == '0' && from->at > whole + 1)) return false;
  if (skip(from, '.') && !digits(from)) return false;
  if (skip(from, 'e') || skip(from, 'E')) {
    if (!skip(from, '+')) skip(from, '-');
    if (!digits(from)) return false;
  }
  return from->at - first <= LONGEST_NUMBER;
}

static int32_t hexadecimal(const uint8_t *c) {
  int32_t number = 0;
  for (int i = 0; i < 4; i++) {
    int digit = is_digit(c[i]) ? c[i] - '0' : c[i] >= 'a' && c[i] <= 'f' ? c[i] - 'a' + 10 : c[i] >= 'A' && c[i] <= 'F' ? c[i] - 'A' + 10 : -1;
    if (digit < 0) return -1;
    number = number << 4 | digit;
  }
  return number;
}

uint64_t pt_json_scalar(const uint8_t *bytes, uint64_t length, uint32_t *scalar) {
  if (length < 6 || bytes[0] != '\\' || bytes[1] != 'u') return 0;
  int32_t first = hexadecimal(bytes + 2);
  if (first < 0 || (first >= 0xdc00 && first <= 0xdfff)) return 0;
  *scalar = (uint32_t)first;
  if (first < 0xd800 || first > 0xdfff) return 6;
  if (length < 12 || bytes[6] != '\\' || bytes[7] != 'u') return 0;
  int32_t second = hexadecimal(bytes + 8);
  if (second < 0xdc00 || second > 0xdfff) return 0;
  *scalar = 0x10000 + ((uint32_t)(first - 0xd800) << 10) + (uint32_t)(second - 0xdc00);
  return 12;
}

static bool text(scan *from) {
  if (!skip(from, '"')) return false;
  while (from->at < from->end) {
    uint8_t c = *from->at;
    if (c == '"') {
      from->at++;
      return true;
    }
    if (c < 0x20) return false;
    if (c != '\\') {
      from->at++;
      continue;
    }
    if (from->end - from->at < 2) return false;
    if (from->at[1] == 'u') {
      uint32_t scalar;
      uint64_t taken = pt_json_scalar(from->at, (uint64_t)(from->end - from->at), &scalar);
      if (!taken) return false;
      from->at += taken;
    } else if (memchr("\"\\/bfnrt", from->at[1], 8)) {
      from->at += 2;
    } else {
      return false;
    }
  }
  return false;
}

static bool value(scan *from, int depth);

/* Behind the opening bracket or brace. */
static bool items(scan *from, char end, int depth) {
  skip_blanks(from);
  if (skip(from, end)) return true;
  do {
    skip_blanks(from);
    if (end == '}') {
      if (!text(from)) return false;
      skip_blanks(from);
      if (!skip(from, ':')) return false;
      skip_blanks(from);
    }
    if (!value(from, depth + 1)) return false;
    skip_blanks(from);
  } while (skip(from, ','));
  return skip(from, end);
}

static bool value(scan *from, int depth) {
  if (depth >= DEEPEST || from->at == from->end) return false;
  switch (*from->at) {
    case '{': from->at++; return items(from, '}', depth);
    case '[': from->at++; return items(from, ']', depth);
    case '"': return text(from);
    case 't': return word(from, "true");
    case 'f': return word(from, "false");
    case 'n': return word(from, "null");
    default: return number(from);
  }
}

uint64_t pt_json_end(const uint8_t *bytes, uint64_t length, uint64_t start) {
  if (start >= length) return 0;
  scan from = {bytes + start, bytes + length};
  return value(&from, 0) ? (uint64_t)(from.at - bytes) : 0;
}
