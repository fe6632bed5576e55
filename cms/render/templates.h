// Layouts and includes, parsed once a version and shared by every render.
//
// Threads: every method from any thread. Memory: versions that no site uses any more are dropped by
// forget_unused(), which the pipeline calls now and then.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "cms/liquid/template.h"
#include "cms/site/site.h"

namespace stet::render {

// A layout: its front matter and its Liquid. An include has no front matter.
struct ParsedTemplate {
  liquid::Ref<liquid::Hash> front_matter;
  std::shared_ptr<const liquid::Template> tree;
  Problems problems;
};
using ParsedTemplatePtr = std::shared_ptr<const ParsedTemplate>;

class Templates {
 public:
  Result<ParsedTemplatePtr> layout(const site::Site& site, const site::FoundFile& file);
  Result<ParsedTemplatePtr> include(const site::Site& site, const site::FoundFile& file);

  // A layout that no file holds; `path` is what problems name.
  ParsedTemplatePtr built_in(const std::string& path, std::string_view text);

  // Keeps the `kept_max` versions that were asked for last.
  void forget_unused(std::size_t kept_max);

 private:
  Result<ParsedTemplatePtr> get(const site::Site& site,
                                const site::FoundFile& file,
                                bool has_front_matter);

  struct Known {
    BlobId blob;
    ParsedTemplatePtr parsed;
    std::uint64_t last_used = 0;
  };
  std::mutex mutex_;
  std::uint64_t uses_ = 0;
  std::unordered_map<std::string, Known> known_;  // by path
};

}  // namespace stet::render
