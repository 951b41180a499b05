/* The floor under every reader of gzip files: the time that libdeflate alone takes to inflate them in memory.

   usage: inflate THREADS < LIST     where LIST names one file on each line
   Prints the bytes inflated. Each thread takes the next file, reads it whole and inflates it; nothing is written. */
#include <libdeflate.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **paths;
static size_t count, capacity;
static atomic_size_t next_path;
static atomic_ullong total;

static void fail(const char *what, const char *path) {
  fprintf(stderr, "inflate: %s: %s\n", what, path);
  exit(1);
}

static void *grow(void *memory, size_t size) {
  memory = realloc(memory, size);
  if (!memory) fail("out of memory", "");
  return memory;
}

static void *work(void *unused) {
  (void)unused;
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
  unsigned char *input = NULL, *output = NULL;
  size_t input_size = 0, output_size = 0, index;
  while ((index = atomic_fetch_add(&next_path, 1)) < count) {
    FILE *file = fopen(paths[index], "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail("can't open", paths[index]);
    long size = ftell(file);
    rewind(file);
    if (size < 18) fail("not a gzip file", paths[index]);
    if ((size_t)size > input_size) input = grow(input, input_size = size);
    if (fread(input, 1, size, file) != (size_t)size) fail("can't read", paths[index]);
    fclose(file);
    /* The last four bytes of a gzip file tell the size of its content. */
    const unsigned char *end = input + size;
    size_t content = end[-4] | end[-3] << 8 | end[-2] << 16 | (size_t)end[-1] << 24;
    if (content > output_size) output = grow(output, output_size = content);
    size_t inflated = 0;
    if (libdeflate_gzip_decompress(decompressor, input, size, output, output_size, &inflated)) fail("corrupt", paths[index]);
    atomic_fetch_add(&total, inflated);
  }
  libdeflate_free_decompressor(decompressor);
  free(input);
  free(output);
  return NULL;
}

int main(int argc, char **argv) {
  int threads = argc > 1 ? atoi(argv[1]) : 1;
  if (threads < 1 || threads > 64) fail("usage", "inflate THREADS < LIST");
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (count == capacity) paths = grow(paths, (capacity = capacity * 2 + 1024) * sizeof *paths);
    if (!(paths[count++] = strdup(line))) fail("out of memory", "");
  }
  pthread_t workers[64];
  for (int index = 0; index < threads; index++)
    if (pthread_create(&workers[index], NULL, work, NULL)) fail("can't start a thread", "");
  for (int index = 0; index < threads; index++) pthread_join(workers[index], NULL);
  printf("%llu\n", (unsigned long long)total);
}
