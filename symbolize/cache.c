// SPDX-License-Identifier: GPL-3.0-or-later
#include "symbolize/cache.h"

#include "symbolize/index.h"

/* Moves the image at `index` to the front. */
static struct od_image *touch(struct od_cache *cache, size_t index)
{
	struct od_image *image = cache->images[index];

	memmove(cache->images + 1, cache->images, index * sizeof(cache->images[0]));
	cache->images[0] = image;
	return image;
}

struct od_image *od_cache_get(struct od_cache *cache, const char *path)
{
	for (size_t i = 0; i < cache->count; i++)
		if (!strcmp(cache->images[i]->path, path))
			return touch(cache, i);
	struct od_image *image = od_image_open(cache->opener, path);
	if (!image)
		return NULL;
	if (!image->fault)
		image->index = od_index_create(image, cache->store, cache->smallest);
	if (cache->count == OD_CACHE_SIZE)
		od_image_close(cache->images[--cache->count]);
	cache->images[cache->count] = image;
	return touch(cache, cache->count++);
}

void od_cache_deinit(struct od_cache *cache)
{
	while (cache->count)
		od_image_close(cache->images[--cache->count]);
	od_store_destroy(cache->store);
	cache->store = NULL;
}
