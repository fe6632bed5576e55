#include "cms/site/static_file.h"

#include <algorithm>

#include "cms/site/site.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Value;

constexpr std::string_view kKeys[] = {
    "basename", "name", "extname", "modified_time", "path", "collection"};

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extension_of(std::string_view path) {
  std::string_view name = name_of(path);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

}  // namespace

StaticFile::StaticFile(std::string path,
                       BlobId blob,
                       std::string label,
                       liquid::Ref<liquid::Hash> defaults,
                       reads::Names& names)
    : Item(names.id_of(path)),
      path_(std::move(path)),
      key_{0, path_, false},
      blob_(blob),
      label_(std::move(label)),
      defaults_(std::move(defaults)),
      output_path_(path_) {
  std::string folder = "_" + label_ + "/";
  if (label_.empty()) return;
  std::size_t at = path_.find(folder);
  if (at != std::string::npos) output_path_ = path_.substr(at + 1);
}

Value StaticFile::get(std::string_view key, liquid::Host& host) const {
  View& view = view_of(host);
  view.recorder().add(reads::Key(reads::Kind::kField, subject(), view.names().id_of(key)));
  if (key == "path") return Value("/" + path_);
  if (key == "name") return Value(std::string(name_of(path_)));
  if (key == "extname") return Value(std::string(extension_of(path_)));
  if (key == "basename") {
    std::string_view name = name_of(path_);
    return Value(std::string(name.substr(0, name.size() - extension_of(path_).size())));
  }
  if (key == "collection") return label_.empty() ? Value() : Value(label_);
  if (key == "modified_time") {
    auto changed = view.site().last_changed(path_);
    return changed ? Value(view.zone().at(changed->seconds)) : Value::live_time(view.now());
  }
  const Value* found = defaults_->find(key);
  return found ? *found : Value();
}

std::vector<std::string> StaticFile::keys(liquid::Host&) const {
  std::vector<std::string> keys(std::begin(kKeys), std::end(kKeys));
  for (const auto& entry : defaults_->entries()) keys.push_back(entry.first);
  return keys;
}

bool StaticFile::has_key(std::string_view key, liquid::Host&) const {
  return defaults_->find(key) ||
         std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

}  // namespace stet::site
