// Sixteen pixels at a time, in the vector extension of Clang.
//
// Every hot loop of the kernel works on these types instead of hoping for an auto-vectoriser: the
// compiler splits a vector into as many registers as the instruction set needs. A comparison gives
// a vint of 0 or -1 for each lane, which `mask ? a : b` selects by.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define LANES 16
#define INLINE static inline __attribute__((always_inline))
// A loop so marked must become vector code: the build turns the compiler's refusal into an error.
#define HOT_LOOP _Pragma("clang loop vectorize(assume_safety)")

typedef float vfloat __attribute__((ext_vector_type(16)));
typedef int32_t vint __attribute__((ext_vector_type(16)));
typedef float vfloat8 __attribute__((ext_vector_type(8)));
typedef int32_t vint8 __attribute__((ext_vector_type(8)));
typedef float vfloat4 __attribute__((ext_vector_type(4)));
typedef vfloat vfloat_u __attribute__((aligned(4)));
typedef vfloat8 vfloat8_u __attribute__((aligned(4)));
typedef vfloat4 vfloat4_u __attribute__((aligned(4)));
typedef vint vint_u __attribute__((aligned(4)));

typedef struct {
    vfloat x, y, z;
} vec3;

INLINE vfloat splat(float a) { return (vfloat)(a); }
INLINE vint splat_int(int a) { return (vint)(a); }
INLINE vfloat vmin(vfloat a, vfloat b) { return __builtin_elementwise_min(a, b); }
INLINE vfloat vmax(vfloat a, vfloat b) { return __builtin_elementwise_max(a, b); }
INLINE vfloat vclamp(vfloat a, float low, float high) { return vmin(vmax(a, splat(low)), splat(high)); }
INLINE vfloat saturate(vfloat a) { return vclamp(a, 0.f, 1.f); }
INLINE vfloat vfloor(vfloat a) { return __builtin_elementwise_floor(a); }
INLINE vfloat vabs(vfloat a) { return __builtin_elementwise_abs(a); }
INLINE vfloat vsqrt(vfloat a) { return __builtin_elementwise_sqrt(a); }
INLINE vint to_int(vfloat a) { return __builtin_convertvector(a, vint); }
INLINE vfloat to_float(vint a) { return __builtin_convertvector(a, vfloat); }
INLINE vfloat as_float(vint a) { return (vfloat)a; }
INLINE vint as_int(vfloat a) { return (vint)a; }
INLINE vfloat mix(vfloat a, vfloat b, vfloat t) { return a + (b - a) * t; }
INLINE vfloat fract(vfloat a) { return a - vfloor(a); }
INLINE vint shift_right(vint a, int bits) { return (vint)((__attribute__((ext_vector_type(16))) uint32_t)a >> bits); }

// All bits set where a is negative. Cheaper than a comparison in the innermost loops: with AVX2 the
// compiler narrows and widens compared masks, which takes longer than the work itself.
INLINE vint negative(vfloat a) { return (vint)a >> 31; }

INLINE vfloat smoothstep(float low, float high, vfloat x) {
    vfloat t = saturate((x - low) * (1.f / (high - low)));
    return t * t * (3.f - 2.f * t);
}

// One bit per lane whose mask is set.
INLINE uint32_t mask_bits(vint mask) {
#if defined(__AVX512DQ__)
    return _mm512_movepi32_mask((__m512i)mask);
#elif defined(__AVX__)
    return (uint32_t)_mm256_movemask_ps((__m256)mask.lo) | (uint32_t)_mm256_movemask_ps((__m256)mask.hi) << 8;
#elif defined(__SSE2__)
    return (uint32_t)_mm_movemask_ps((__m128)mask.lo.lo) | (uint32_t)_mm_movemask_ps((__m128)mask.lo.hi) << 4 |
           (uint32_t)_mm_movemask_ps((__m128)mask.hi.lo) << 8 | (uint32_t)_mm_movemask_ps((__m128)mask.hi.hi) << 12;
#else
    uint32_t bits = 0;
    for (int lane = 0; lane < LANES; lane++) bits |= (uint32_t)(mask[lane] != 0) << lane;
    return bits;
#endif
}
INLINE int any(vint mask) { return mask_bits(mask) != 0; }

INLINE vint gather_int(const void *base, vint index) {
#if defined(__AVX512F__)
    return (vint)_mm512_i32gather_epi32((__m512i)index, base, 4);
#elif defined(__AVX2__)
    vint out;
    out.lo = (vint8)_mm256_i32gather_epi32((const int *)base, (__m256i)index.lo, 4);
    out.hi = (vint8)_mm256_i32gather_epi32((const int *)base, (__m256i)index.hi, 4);
    return out;
#else
    vint out;
    for (int lane = 0; lane < LANES; lane++) out[lane] = ((const int32_t *)base)[index[lane]];
    return out;
#endif
}
// Four bytes for each lane, from any address on.
INLINE vint gather_bytes(const uint8_t *base, vint index) {
#if defined(__AVX512F__)
    return (vint)_mm512_i32gather_epi32((__m512i)index, base, 1);
#elif defined(__AVX2__)
    vint out;
    out.lo = (vint8)_mm256_i32gather_epi32((const int *)base, (__m256i)index.lo, 1);
    out.hi = (vint8)_mm256_i32gather_epi32((const int *)base, (__m256i)index.hi, 1);
    return out;
#else
    vint out;
    for (int lane = 0; lane < LANES; lane++) {
        int32_t four;
        memcpy(&four, base + index[lane], 4);
        out[lane] = four;
    }
    return out;
#endif
}
// Two neighbouring 32-bit values for each lane: half as many loads as two gathers.
INLINE void gather_pairs(const void *base, vint index, vint *first, vint *second) {
#if defined(__AVX512F__)
    const __m512i low = _mm512_i32gather_epi64((__m256i)index.lo, base, 4), high = _mm512_i32gather_epi64((__m256i)index.hi, base, 4);
    const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    *first = (vint)_mm512_permutex2var_epi32(low, even, high);
    *second = (vint)_mm512_permutex2var_epi32(low, odd, high);
#elif defined(__AVX2__)
    for (int half = 0; half < 2; half++) {
        const vint8 at = half ? index.hi : index.lo;
        const __m256 low = (__m256)_mm256_i32gather_epi64(base, (__m128i)at.lo, 4);
        const __m256 high = (__m256)_mm256_i32gather_epi64(base, (__m128i)at.hi, 4);
        // Shuffling works within 128 bits; the permutation brings the quarters into order.
        const vint8 even = (vint8)_mm256_permute4x64_epi64((__m256i)_mm256_shuffle_ps(low, high, 0x88), 0xd8);
        const vint8 odd = (vint8)_mm256_permute4x64_epi64((__m256i)_mm256_shuffle_ps(low, high, 0xdd), 0xd8);
        if (half) {
            first->hi = even;
            second->hi = odd;
        } else {
            first->lo = even;
            second->lo = odd;
        }
    }
#else
    int32_t at[LANES] __attribute__((aligned(64))), pairs[LANES][2] __attribute__((aligned(64)));
    *(vint *)at = index;
    for (int lane = 0; lane < LANES; lane++) memcpy(pairs[lane], (const int32_t *)base + at[lane], 8);
    const vint low = *(const vint *)pairs[0], high = *(const vint *)pairs[8];
    *first = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    *second = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
#endif
}

INLINE vfloat gather_float(const float *base, vint index) { return (vfloat)gather_int(base, index); }

// 2^x, relative error below 3e-6: a quartic on the fraction, fitted at Chebyshev points.
INLINE vfloat vexp2(vfloat x) {
    x = vclamp(x, -120.f, 120.f);
    vfloat whole = vfloor(x);
    vfloat r = x - whole;
    vfloat scale = as_float((to_int(whole) + 127) << 23);
    return scale * (1.0000025f + r * (0.6930066f + r * (0.2414275f + r * (0.0520374f + r * 0.0135206f))));
}
INLINE vfloat vexp(vfloat x) { return vexp2(x * 1.44269504f); }

// log2 of a positive number, error below 2e-5: a quintic on the mantissa.
INLINE vfloat vlog2(vfloat x) {
    vint bits = as_int(x);
    vfloat exponent = to_float((bits >> 23) - 127);
    vfloat m = as_float((bits & 0x7fffff) | 0x3f800000);
    return exponent - 2.7941537f +
           m * (5.0697563f + m * (-3.5202188f + m * (1.6101776f + m * (-0.4094756f + m * 0.0439286f))));
}
INLINE vfloat vpow(vfloat base, vfloat power) { return vexp2(power * vlog2(vmax(base, splat(1e-8f)))); }
INLINE vfloat vrsqrt(vfloat x) { return 1.f / vsqrt(x); }

// sin(2 pi x): Bhaskara-like parabola with one refinement, error below 1e-3.
INLINE vfloat sin_turns(vfloat turns) {
    vfloat x = turns - vfloor(turns + 0.5f);
    vfloat y = 8.f * x - 16.f * x * vabs(x);
    return y * (0.775f + 0.225f * vabs(y));
}

INLINE vec3 vec3_of(float x, float y, float z) { return (vec3){splat(x), splat(y), splat(z)}; }
INLINE vec3 vec3_load(const float *p) { return vec3_of(p[0], p[1], p[2]); }
INLINE vec3 add3(vec3 a, vec3 b) { return (vec3){a.x + b.x, a.y + b.y, a.z + b.z}; }
INLINE vec3 sub3(vec3 a, vec3 b) { return (vec3){a.x - b.x, a.y - b.y, a.z - b.z}; }
INLINE vec3 mul3(vec3 a, vec3 b) { return (vec3){a.x * b.x, a.y * b.y, a.z * b.z}; }
INLINE vec3 scale3(vec3 a, vfloat s) { return (vec3){a.x * s, a.y * s, a.z * s}; }
INLINE vec3 mad3(vec3 a, vfloat s, vec3 b) { return (vec3){a.x * s + b.x, a.y * s + b.y, a.z * s + b.z}; }
INLINE vec3 mix3(vec3 a, vec3 b, vfloat t) { return (vec3){mix(a.x, b.x, t), mix(a.y, b.y, t), mix(a.z, b.z, t)}; }
INLINE vfloat dot3(vec3 a, vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
INLINE vec3 normalize3(vec3 a) { return scale3(a, vrsqrt(dot3(a, a) + 1e-20f)); }
INLINE vec3 select3(vint mask, vec3 a, vec3 b) {
    return (vec3){mask ? a.x : b.x, mask ? a.y : b.y, mask ? a.z : b.z};
}
INLINE vec3 reflect3(vec3 direction, vec3 normal) { return mad3(normal, -2.f * dot3(direction, normal), direction); }

// A well mixed 32-bit hash of each lane, and its value as 0..1.
INLINE vint hash_lanes(vint a, vint b) {
    vint h = a * 374761393 + b * 668265263;
    h = (h ^ shift_right(h, 13)) * 1274126177;
    return h ^ shift_right(h, 16);
}
INLINE vfloat unit_of(vint hash) { return to_float(shift_right(hash, 8) & 0xffff) * (1.f / 65535.f); }

// RGBE: three 8-bit mantissas under one exponent, for light brighter than white in 32 bits.
INLINE vint pack_rgbe(vec3 c) {
    vfloat top = vmax(vmax(c.x, vmax(c.y, c.z)), splat(1e-6f));
    vint exponent = (shift_right(as_int(top), 23) & 255) + 1;  // 2^(exponent - 127) exceeds top
    vfloat scale = as_float((254 + 8 - exponent) << 23);
    vint r = to_int(vmax(c.x, splat(0.f)) * scale), g = to_int(vmax(c.y, splat(0.f)) * scale),
         b = to_int(vmax(c.z, splat(0.f)) * scale);
    return r | g << 8 | b << 16 | exponent << 24;
}
INLINE vec3 unpack_rgbe(vint p) {
    vfloat scale = as_float(((shift_right(p, 24) & 255) - 8) << 23);
    return (vec3){(to_float(p & 255) + 0.5f) * scale, (to_float(p >> 8 & 255) + 0.5f) * scale,
                  (to_float(p >> 16 & 255) + 0.5f) * scale};
}
