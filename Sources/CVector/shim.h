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

#if defined(__SSE2__)
// A bit for each of sixteen bytes that stops the scan of a JSON string.
static inline unsigned string_stops(const uint8_t *bytes) {
  const __m128i word = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i quote = _mm_cmpeq_epi8(word, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(word, _mm_set1_epi8('\\'));
  // As signed numbers, bytes beyond ASCII are below 0, and so stop the scan as control characters do.
  const __m128i other = _mm_cmplt_epi8(word, _mm_set1_epi8(0x20));
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), other));
}
#elif defined(__ARM_NEON)
// Four bits for each of sixteen bytes that stops the scan of a JSON string.
static inline uint64_t string_stops(const uint8_t *bytes) {
  const uint8x16_t word = vld1q_u8(bytes);
  const uint8x16_t quote = vceqq_u8(word, vdupq_n_u8('"'));
  const uint8x16_t backslash = vceqq_u8(word, vdupq_n_u8('\\'));
  const uint8x16_t other = vcltq_s8(vreinterpretq_s8_u8(word), vdupq_n_s8(0x20));
  const uint8x16_t stops = vorrq_u8(vorrq_u8(quote, backslash), other);
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(stops), 4)), 0);
}
#endif

// How many of 32 bytes stand before the first that stops the scan of a JSON string, 32 if none does: a quote, a
// backslash, a control character or a byte beyond ASCII.
static inline long plain_string_length(const uint8_t *bytes) {
#if defined(__SSE2__)
  const uint64_t stops = string_stops(bytes) | (uint64_t)string_stops(bytes + 16) << 16;
  return __builtin_ctzll(stops | 1ull << 32);
#elif defined(__ARM_NEON)
  const uint64_t first = string_stops(bytes);
  if (first != 0) return __builtin_ctzll(first) >> 2;
  const uint64_t second = string_stops(bytes + 16);
  return second == 0 ? 32 : 16 + (__builtin_ctzll(second) >> 2);
#else
  for (long offset = 0; offset < 32; offset++) {
    const uint8_t byte = bytes[offset];
    if (byte == '"' || byte == '\\' || byte < 0x20 || byte >= 0x80) return offset;
  }
  return 32;
#endif
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
