// SHA-256 (FIPS 180-4) of two messages at a time, where the processor has instructions for it.
//
// Each of its steps has to wait for the one before, so that one message uses half of what the processor can do.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// Whether the processor has the instructions.
static inline bool has_sha256_pairs(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & 1u << 29) != 0;
}

// Takes so many blocks of 64 bytes of each message into its state: f, e, b, a, h, g, d and c of the standard.
__attribute__((target("sha,sse4.1"))) static inline void sha256_pair(
    uint32_t *first_state, const uint8_t *first, uint32_t *second_state, const uint8_t *second, long blocks) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bll, 0x0405060700010203ll);
  __m128i abef[2] = {_mm_loadu_si128((const __m128i *)first_state), _mm_loadu_si128((const __m128i *)second_state)};
  __m128i cdgh[2] = {
      _mm_loadu_si128((const __m128i *)(first_state + 4)), _mm_loadu_si128((const __m128i *)(second_state + 4))};
  for (; blocks > 0; blocks--, first += 64, second += 64) {
    const uint8_t *bytes[2] = {first, second};
    const __m128i old_abef[2] = {abef[0], abef[1]};
    const __m128i old_cdgh[2] = {cdgh[0], cdgh[1]};
    __m128i words[2][4];
#pragma unroll
    for (int group = 0; group < 16; group++) {
      const __m128i constants = _mm_loadu_si128((const __m128i *)(sha256_constants + group * 4));
      const int now = group & 3, next = (group + 1) & 3, second_next = (group + 2) & 3, last = (group + 3) & 3;
#pragma unroll
      for (int lane = 0; lane < 2; lane++) {
        __m128i *w = words[lane];
        if (group < 4) {
          w[now] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes[lane] + group * 16)), order);
        } else {
          const __m128i sum =
              _mm_add_epi32(_mm_sha256msg1_epu32(w[now], w[next]), _mm_alignr_epi8(w[last], w[second_next], 4));
          w[now] = _mm_sha256msg2_epu32(sum, w[last]);
        }
        const __m128i k = _mm_add_epi32(w[now], constants);
        cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], k);
        abef[lane] = _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], _mm_shuffle_epi32(k, 0x0e));
      }
    }
    for (int lane = 0; lane < 2; lane++) {
      abef[lane] = _mm_add_epi32(abef[lane], old_abef[lane]);
      cdgh[lane] = _mm_add_epi32(cdgh[lane], old_cdgh[lane]);
    }
  }
  _mm_storeu_si128((__m128i *)first_state, abef[0]);
  _mm_storeu_si128((__m128i *)(first_state + 4), cdgh[0]);
  _mm_storeu_si128((__m128i *)second_state, abef[1]);
  _mm_storeu_si128((__m128i *)(second_state + 4), cdgh[1]);
}
#endif
