#include "storage/outbound/curl_library.h"

#include <dlfcn.h>

#include <string>

namespace stet::storage {
namespace {

constexpr char kFile[] = "libcurl.so.4";

struct Loaded {
  CurlLibrary library;
  std::string failure;
};

template <typename Function>
void find(void* file, const char* name, Function*& function, std::string& failure) {
  function = reinterpret_cast<Function*>(::dlsym(file, name));
  if (!function) failure = std::string(kFile) + " has no " + name;
}

Loaded load() {
  Loaded loaded;
  void* file = ::dlopen(kFile, RTLD_NOW | RTLD_LOCAL);
  if (!file) {
    loaded.failure = ::dlerror();
    return loaded;
  }
  CurlLibrary& library = loaded.library;
  std::string& failure = loaded.failure;
  find(file, "curl_easy_cleanup", library.easy_cleanup, failure);
  find(file, "curl_easy_getinfo", library.easy_getinfo, failure);
  find(file, "curl_easy_init", library.easy_init, failure);
  find(file, "curl_easy_setopt", library.easy_setopt, failure);
  find(file, "curl_easy_strerror", library.easy_strerror, failure);
  find(file, "curl_free", library.free, failure);
  find(file, "curl_global_init", library.global_init, failure);
  find(file, "curl_multi_add_handle", library.multi_add_handle, failure);
  find(file, "curl_multi_cleanup", library.multi_cleanup, failure);
  find(file, "curl_multi_info_read", library.multi_info_read, failure);
  find(file, "curl_multi_init", library.multi_init, failure);
  find(file, "curl_multi_perform", library.multi_perform, failure);
  find(file, "curl_multi_poll", library.multi_poll, failure);
  find(file, "curl_multi_remove_handle", library.multi_remove_handle, failure);
  find(file, "curl_multi_wakeup", library.multi_wakeup, failure);
  find(file, "curl_slist_append", library.slist_append, failure);
  find(file, "curl_slist_free_all", library.slist_free_all, failure);
  find(file, "curl_url", library.url, failure);
  find(file, "curl_url_cleanup", library.url_cleanup, failure);
  find(file, "curl_url_get", library.url_get, failure);
  find(file, "curl_url_set", library.url_set, failure);
  if (failure.empty() && library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    failure = "it cannot be started";
  }
  return loaded;
}

const Loaded& loaded() {
  static const Loaded once = load();
  return once;
}

}  // namespace

Status load_curl() {
  const std::string& failure = loaded().failure;
  return failure.empty() ? Status() : unavailable("libcurl, which calls webhooks: " + failure);
}

const CurlLibrary& curl() { return loaded().library; }

}  // namespace stet::storage
