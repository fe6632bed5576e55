// Tags and categories: /tags, /categories, and their renaming over all posts. Threads: any.
#pragma once

#include "api/routes/call.h"

namespace stet::api {

Answer list_tags(const Call& call);
Answer list_categories(const Call& call);
Answer rename_tags(const Call& call);
Answer rename_categories(const Call& call);

}  // namespace stet::api
