#include <math.h>

#include "plugin_transport.h"

bool pt_is_utf8(const uint8_t *bytes, uint64_t length) {
  uint64_t at = 0;
  while (at < length) {
    uint64_t eight;
    if (length - at >= 8 && (memcpy(&eight, bytes + at, 8), !(eight & UINT64_C(0x8080808080808080)))) {
      at += 8;
      continue;
    }
    uint8_t first = bytes[at];
    if (first < 0x80) {
      at++;
      continue;
    }
    uint64_t more = first >= 0xc2 && first <= 0xdf ? 1 : (first & 0xf0) == 0xe0 ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    if (!more || length - at <= more) return false;
    for (uint64_t i = 1; i <= more; i++)
      if ((bytes[at + i] & 0xc0) != 0x80) return false;
    uint8_t second = bytes[at + 1];
    /* Longer than need be, a surrogate, or beyond U+10FFFF. */
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
        (first == 0xf4 && second > 0x8f))
      return false;
    at += more + 1;
  }
  return true;
}

static bool is_small(uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }
static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* What cannot stand behind a namespace: blanks and controls, what formats a text and is not seen, what is for private use
   or no character, and curly quotes; in order. As the model's `Key`. */
static const uint32_t unseen[][2] = {
    {0x7f, 0xa0},       {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},     {0x6dd, 0x6dd},
    {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},     {0x1680, 0x1680},   {0x180e, 0x180e},
    {0x2000, 0x200f},   {0x201c, 0x201d},   {0x2028, 0x202f},   {0x205f, 0x206f},   {0x3000, 0x3000},
    {0xd800, 0xf8ff},   {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},   {0xfff0, 0xfffb},   {0x110bd, 0x110bd},
    {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff},
    {0xe01f0, 0x10ffff},
};

static bool is_seen(uint32_t scalar) {
  if (scalar <= 0x7e) return scalar >= 0x20 && scalar != '"' && scalar != '\\';
  if ((scalar & 0xfffe) == 0xfffe) return false;
  for (size_t i = 0; i < sizeof unseen / sizeof *unseen && scalar >= unseen[i][0]; i++)
    if (scalar <= unseen[i][1]) return false;
  return true;
}

/* The scalar at `c`, and how many bytes it takes; the text is UTF-8. */
static uint32_t scalar_at(const uint8_t *c, uint64_t *taken) {
  *taken = c[0] < 0x80 ? 1 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4;
  uint32_t scalar = *taken == 1 ? c[0] : c[0] & (0x7f >> *taken);
  for (uint64_t i = 1; i < *taken; i++) scalar = scalar << 6 | (c[i] & 0x3f);
  return scalar;
}

/* What stands behind a namespace: what is seen, with single blanks between. */
static bool is_foreign(const uint8_t *c, uint64_t length) {
  if (!length || c[0] == ' ' || c[length - 1] == ' ') return false;
  uint64_t taken;
  for (uint64_t at = 0; at < length; at += taken) {
    if (!is_seen(scalar_at(c + at, &taken))) return false;
    if (c[at] == ' ' && c[at + 1] == ' ') return false;
  }
  return true;
}

/* As the model's `Key.isWellFormed`, of a text that is UTF-8; a test holds both to the same. */
bool pt_is_key(const uint8_t *c, uint64_t length) {
  if (length == 0 || length > 200) return false;
  if (length == 3 && c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z' && c[2] >= 'A' && c[2] <= 'Z') return true;
  const uint8_t *colon = memchr(c, ':', length);
  uint64_t head = colon ? (uint64_t)(colon - c) : length;
  if (head == 0) return false;
  for (uint64_t i = 0; i < head; i++)
    if (!is_small(c[i])) return false;
  if (colon) return is_foreign(colon + 1, length - head - 1);
  if (c[0] == '-' || c[length - 1] == '-') return false;
  if (c[0] != 't' || length == 1) return true;
  for (uint64_t i = 1; i < length; i++)
    if (!is_digit(c[i])) return true;
  return false;
}

/* -?digits[.digits], at most 38 of them. */
bool pt_is_decimal(const uint8_t *c, uint64_t length) {
  uint64_t at = length && c[0] == '-' ? 1 : 0, whole = 0, part = 0;
  while (at < length && is_digit(c[at])) at++, whole++;
  if (at < length && c[at] == '.') {
    at++;
    while (at < length && is_digit(c[at])) at++, part++;
    if (!part) return false;
  }
  return at == length && whole && whole + part <= 38;
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`, for years from 0 to 9999. */
static int64_t day_number(int64_t year, int64_t month, int64_t day) {
  int64_t shifted = month <= 2 ? year - 1 : year;
  int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400, of_era = shifted - era * 400;
  int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool pt_is_day(const uint8_t *c, uint64_t length, int64_t *day) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (length != 10 || c[4] != '-' || c[7] != '-') return false;
  for (int i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !is_digit(c[i])) return false;
  int64_t year = (c[0] - '0') * 1000 + (c[1] - '0') * 100 + (c[2] - '0') * 10 + c[3] - '0';
  int64_t month = (c[5] - '0') * 10 + c[6] - '0', of_month = (c[8] - '0') * 10 + c[9] - '0';
  if (month < 1 || month > 12 || of_month < 1) return false;
  bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (of_month > days[month - 1] + (month == 2 && is_leap)) return false;
  *day = day_number(year, month, of_month);
  return true;
}

/* No date is longer. */
enum { MOST_DATE = 100 };

bool pt_is_date(const uint8_t *bytes, uint64_t length, int64_t first, int64_t last, pt_date_rule rule, uint64_t index,
                pt_fault *fault) {
  if (!length || first > last) {
    *fault = (pt_fault){.kind = PT_NO_DATE, .index = index};
    return false;
  }
  if (!rule) return true;
  int64_t least, most;
  if (pt_is_day(bytes, length, &least))
    most = least;
  else if (length > MOST_DATE || !rule(bytes, length, &least, &most))
    return pt_refuse_text(fault, PT_NO_EDTF, index, bytes, length);
  return (first == least && last == most) || pt_refuse_text(fault, PT_WRONG_DAYS, index, bytes, length);
}

typedef struct checker {
  const uint8_t *at;
  const uint8_t *end;
  pt_date_rule rule;
  pt_fault *fault;
  uint64_t index;
  uint64_t items;
} checker;

static bool refuse(checker *check, uint32_t kind, uint32_t found, uint32_t wanted) {
  *check->fault = (pt_fault){.kind = kind, .index = check->index, .found = found, .wanted = wanted};
  return false;
}

bool pt_refuse_text(pt_fault *fault, uint32_t kind, uint64_t index, const uint8_t *bytes, uint64_t length) {
  *fault = (pt_fault){.kind = kind, .index = index};
  if (length > sizeof fault->excerpt) length = sizeof fault->excerpt;
  while (length && !pt_is_utf8(bytes, length)) length--;
  /* A text of no bytes may be nowhere. */
  if (length) memcpy(fault->excerpt, bytes, length);
  fault->excerpt_length = (uint32_t)length;
  return false;
}

static bool text(checker *check, const uint8_t **bytes, uint32_t *length) {
  if (check->end - check->at < 4) return refuse(check, PT_CUT_OFF, 0, 0);
  memcpy(length, check->at, 4);
  *bytes = check->at + 4;
  if ((uint64_t)(check->end - *bytes) < *length) return refuse(check, PT_CUT_OFF, 0, 0);
  check->at = *bytes + *length;
  if (*length > ENTENTE_MAX_TEXT_BYTES) return refuse(check, PT_TEXT_TOO_LONG, 0, 0);
  return pt_is_utf8(*bytes, *length) || refuse(check, PT_NO_UTF8, 0, 0);
}

static bool cell(checker *check, uint32_t wanted, bool in_list) {
  if (check->at == check->end) return refuse(check, PT_CUT_OFF, 0, 0);
  uint32_t type = *check->at++;
  const uint8_t *bytes;
  uint32_t length;
  if (type > ENTENTE_LIST) return refuse(check, PT_UNKNOWN_TYPE, type, wanted);
  if (wanted != ENTENTE_EMPTY && type != wanted && type != ENTENTE_EMPTY)
    return refuse(check, PT_WRONG_TYPE, type, wanted);
  switch (type) {
    case ENTENTE_EMPTY: return true;
    case ENTENTE_TEXT: return text(check, &bytes, &length);
    case ENTENTE_KEY:
      if (!text(check, &bytes, &length)) return false;
      return pt_is_key(bytes, length) || pt_refuse_text(check->fault, PT_NO_KEY, check->index, bytes, length);
    case ENTENTE_DECIMAL:
      if (!text(check, &bytes, &length)) return false;
      return pt_is_decimal(bytes, length) || pt_refuse_text(check->fault, PT_NO_DECIMAL, check->index, bytes, length);
    case ENTENTE_INTEGER:
    case ENTENTE_BOOLEAN:
    case ENTENTE_REAL: {
      double number;
      if (check->end - check->at < 8) return refuse(check, PT_CUT_OFF, 0, 0);
      memcpy(&number, check->at, 8);
      check->at += 8;
      return type != ENTENTE_REAL || isfinite(number) || refuse(check, PT_NOT_FINITE, 0, 0);
    }
    case ENTENTE_DATE: {
      int64_t first, last;
      if (check->end - check->at < 16) return refuse(check, PT_CUT_OFF, 0, 0);
      memcpy(&first, check->at, 8);
      memcpy(&last, check->at + 8, 8);
      check->at += 16;
      if (!text(check, &bytes, &length)) return false;
      return pt_is_date(bytes, length, first, last, check->rule, check->index, check->fault);
    }
    default: {
      if (in_list) return refuse(check, PT_NESTED_LIST, 0, 0);
      if (check->end - check->at < 4) return refuse(check, PT_CUT_OFF, 0, 0);
      memcpy(&length, check->at, 4);
      check->at += 4;
      if (length > ENTENTE_MAX_LIST_CELLS) return refuse(check, PT_NO_LIST, 0, 0);
      check->items += length;
      while (length--)
        if (!cell(check, ENTENTE_EMPTY, true)) return false;
      return true;
    }
  }
}

bool pt_check(const uint8_t *bytes, uint64_t length, const uint32_t *types, uint64_t width, uint64_t rows,
              pt_date_rule rule, pt_checked *checked, pt_fault *fault) {
  checker check = {.at = bytes, .end = bytes + length, .rule = rule, .fault = fault};
  for (uint64_t row = 0; row < rows; row++)
    for (uint64_t column = 0; column < width; column++, check.index++)
      if (!cell(&check, types ? types[column] : ENTENTE_EMPTY, false)) return false;
  *checked = (pt_checked){(uint64_t)(check.at - bytes), check.items};
  return true;
}
