// What the processor says of many bytes in one step, and Swift's SIMD types only in many: which of them match.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

typedef uint8_t sixteen_bytes __attribute__((ext_vector_type(16)));

static inline sixteen_bytes load_sixteen(const uint8_t *bytes) {
  sixteen_bytes word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

// Which of sixteen bytes stop the scan of a JSON string: a quote, a backslash, a control character or a byte beyond ASCII.
static inline sixteen_bytes stop_string(sixteen_bytes word) {
  typedef int8_t signed_bytes __attribute__((ext_vector_type(16)));
  // As signed numbers, bytes beyond ASCII are below 0, and so stop the scan as control characters do.
  return (sixteen_bytes)((word == '"') | (word == '\\') | ((signed_bytes)word < 0x20));
}

// The places of the bytes that are set, the first in the lowest bits: so many bits for each.
#if defined(__SSE2__)
enum { bits_of_place = 1 };
static inline uint64_t places(sixteen_bytes are_set) { return (unsigned)_mm_movemask_epi8((__m128i)are_set); }
#elif defined(__ARM_NEON)
enum { bits_of_place = 4 };
static inline uint64_t places(sixteen_bytes are_set) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16((uint16x8_t)are_set, 4)), 0);
}
#else
enum { bits_of_place = 1 };
static inline uint64_t places(sixteen_bytes are_set) {
  uint64_t found = 0;
  for (int place = 0; place < 16; place++) found |= (uint64_t)(are_set[place] & 1) << place;
  return found;
}
#endif

// How many of 32 bytes stand before the first that stops the scan of a JSON string, 32 if none does.
static inline long plain_string_length(const uint8_t *bytes) {
  const uint64_t first = places(stop_string(load_sixteen(bytes)));
  const uint64_t second = places(stop_string(load_sixteen(bytes + 16)));
  if (bits_of_place == 1) return __builtin_ctzll(first | second << 16 | 1ull << 32);
  if (first != 0) return __builtin_ctzll(first) / bits_of_place;
  return second == 0 ? 32 : 16 + __builtin_ctzll(second) / bits_of_place;
}

// Bytes of a JSON string up to one that stops its scan, or a delete character, which is written as an escape.
struct string_part {
  // At most sixteen.
  long length;
  // Whether one of the signs may begin among them that a text with a secret has, besides escapes: `=`, `%`, `//`, `--`
  // and a blank.
  bool is_suspect;
};

// The part of a JSON string that begins at `bytes`, of which seventeen are readable.
static inline struct string_part part_of_string(const uint8_t *bytes) {
  const sixteen_bytes word = load_sixteen(bytes);
  const sixteen_bytes next = load_sixteen(bytes + 1);
  const uint64_t stops = places(stop_string(word) | (sixteen_bytes)(word == 0x7f));
  const uint64_t signs = places(
      (sixteen_bytes)((word == '=') | (word == '%') | (word == ' ') | ((word == '/') & (next == '/')) |
                      ((word == '-') & (next == '-'))));
  // Without a stop all bits count: one less than the lowest bit of nothing.
  const uint64_t before = (stops & -stops) - 1;
  return (struct string_part){stops == 0 ? 16 : __builtin_ctzll(stops) / bits_of_place, (signs & before) != 0};
}

// Whether `bytes` begin with the first `length` bytes of `prefix`, at most 32; as many have to be readable of both.
// `mask` has a bit for each of them, from the lowest on.
static inline bool has_prefix(const uint8_t *bytes, const uint8_t *prefix, uint32_t mask, long length) {
#if defined(__SSE2__)
  const __m128i low = _mm_cmpeq_epi8(
      _mm_loadu_si128((const __m128i *)bytes), _mm_loadu_si128((const __m128i *)prefix));
  const __m128i high = _mm_cmpeq_epi8(
      _mm_loadu_si128((const __m128i *)(bytes + 16)), _mm_loadu_si128((const __m128i *)(prefix + 16)));
  const uint32_t equal = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
  return (~equal & mask) == 0;
#else
  return memcmp(bytes, prefix, (size_t)length) == 0;
#endif
}

// Tells the processor that a place in memory will be looked at.
static inline void prefetch(const void *place) { __builtin_prefetch(place); }
