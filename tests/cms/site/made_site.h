// A site of files in memory, its next versions, and all that can be seen of it as text.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cms/liquid/convert.h"
#include "cms/site/builder.h"
#include "storage/snapshot/memory_snapshot.h"

namespace stet::site {

// "text", 1, true, nil, [a, b], {a: 1}, 2020-01-01 00:00:00 +0000.
inline std::string show(const liquid::Value& value) {
  using liquid::Type;
  std::string text;
  switch (value.type()) {
    case Type::kString: return std::string(value.as_string());
    case Type::kInteger: return std::to_string(value.as_integer());
    case Type::kFloat: return liquid::float_text(value.as_float());
    case Type::kBool: return value.as_bool() ? "true" : "false";
    case Type::kDate: return iso_date(value.as_date());
    case Type::kTime: return liquid::time_text(value.as_time());
    case Type::kArray:
      for (const auto& item : value.as_array().items) {
        text += (text.empty() ? "" : ", ") + show(item);
      }
      return "[" + text + "]";
    case Type::kHash:
      for (const auto& [key, item] : value.as_hash().entries()) {
        text += (text.empty() ? "" : ", ") + key + ": " + show(item);
      }
      return "{" + text + "}";
    case Type::kDrop: return "(object)";
    default: return "nil";
  }
}

inline std::string show(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
}

// "(unreadable)" where they cannot be read; "(none)" for no excerpt.
inline std::string body_of(const Site& site, const Document& document) {
  auto body = site.text_of(*document.facts().file);
  return body ? std::string(body->text) : "(unreadable)";
}
inline std::string excerpt_of(const Site& site, const Document& document) {
  const auto& source = document.facts().excerpt_source;
  if (!source) return "(none)";
  auto excerpt = site.excerpt_of(*source);
  return excerpt ? *excerpt : "(unreadable)";
}

class MadeSite {
 public:
  using Files = std::map<std::string, std::string>;
  using Edits = std::map<std::string, std::optional<std::string>>;  // none: deleted
  static constexpr Instant kNow{1'600'000'000};                     // 2020-09-13T12:26:40Z

  MadeSite(std::initializer_list<Files::value_type> files,
           Overrides overrides = {},
           Instant now = kNow)
      : MadeSite(Files(files), std::move(overrides), now) {}
  explicit MadeSite(Files files,
                    Overrides overrides = {},
                    Instant now = kNow,
                    std::map<std::string, Files> themes = {})
      : files_(std::move(files)),
        now_(now),
        overrides_(std::move(overrides)),
        themes_(std::move(themes)) {
    builder_.emplace(options(), names_);
    site_ = builder_->build(source()).value();
  }

  Changes edit(const Edits& edits, std::optional<Instant> now = std::nullopt) {
    auto before = snapshot();
    for (const auto& [path, content] : edits) {
      if (content) {
        files_[path] = *content;
      } else {
        files_.erase(path);
      }
    }
    if (now) now_ = *now;
    auto diff = storage::compare(*before, *snapshot());
    auto advanced = builder_->advance(site_, diff.value(), source());
    EXPECT_TRUE(advanced) << advanced.error().message;
    site_ = advanced->site;
    return advanced->changes;
  }

  // The same files at the same instant, from nothing, and read in another order.
  SitePtr from_nothing() {
    BuilderOptions backwards = options();
    backwards.for_all = [](std::size_t count, const std::function<void(std::size_t)>& work) {
      while (count > 0) work(--count);
    };
    Builder builder(std::move(backwards), names_);
    return builder.build(source()).value();
  }

  const Site& operator*() const { return *site_; }
  const Site* operator->() const { return site_.get(); }
  const SitePtr& pointer() const { return site_; }
  reads::Names& names() { return names_; }
  const Files& files() const { return files_; }

  // "(none)" where there is no document of that name.
  std::string field(std::string_view subject, std::string_view name) const {
    DocumentPtr document = site_->find_document(subject);
    return document ? show(document->field(name)) : "(none)";
  }
  std::string url(std::string_view subject) const { return field(subject, "url"); }

  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> paths;
    site_->list(name).for_each(
        [&](const ListKey&, const ItemPtr& item) { paths.push_back(item->path()); });
    return paths;
  }

  // Output paths and who makes each.
  std::map<std::string, std::string> outputs() const {
    std::map<std::string, std::string> outputs;
    site_->for_each_output([&](const std::string& path, const Output& output) {
      outputs[path] = output.item->path();
    });
    return outputs;
  }

 private:
  BuilderOptions options() const {
    BuilderOptions options;
    options.overrides = overrides_;
    options.find_theme = [this](const std::string& name) -> Result<storage::SnapshotPtr> {
      auto it = themes_.find(name);
      if (it == themes_.end()) return storage::SnapshotPtr();
      return storage::make_memory_snapshot(it->second);
    };
    return options;
  }
  storage::SnapshotPtr snapshot() const { return storage::make_memory_snapshot(files_).value(); }
  SiteSource source() const { return {snapshot(), now_, {}}; }

  Files files_;
  Instant now_;
  Overrides overrides_;
  const std::map<std::string, Files> themes_;  // outside of the repository
  reads::Names names_;
  std::optional<Builder> builder_;
  SitePtr site_;
};

// A document: front matter lines, then a body.
inline std::string page(const std::string& front_matter = "", const std::string& body = "x\n") {
  return "---\n" + front_matter + (front_matter.empty() ? "" : "\n") + "---\n" + body;
}

}  // namespace stet::site
