#include "cms/media/rules.h"

#include <algorithm>

#include "cms/liquid/member.h"
#include "storage/base/repo_path.h"
#include "storage/base/time.h"

namespace stet::media {
namespace {

using liquid::member_of;
using liquid::Type;
using liquid::Value;

}  // namespace

Rules rules_of(const site::Config& config) {
  Rules rules;
  Value media = member_of(config.get("stet"), "media");
  Value folder = member_of(media, "folder"), by = member_of(media, "by");
  if (folder.is_string()) {
    std::string text(folder.as_string());
    while (text.starts_with('/')) text.erase(0, 1);
    while (text.ends_with('/')) text.pop_back();
    if (RepoPath::parse(text)) rules.folder = std::move(text);
  }
  if (by.is_string()) rules.is_by_year = by.as_string() != "none";
  return rules;
}

std::string folder_for(const site::Config& config, Instant now) {
  Rules rules = rules_of(config);
  if (!rules.is_by_year) return rules.folder;
  return rules.folder + "/" + std::to_string(civil_of(config.zone().at(now.seconds)).date.year);
}

bool Limits::allows(const image::FileType& type) const {
  return types.empty() || std::find(types.begin(), types.end(), type.name) != types.end();
}

}  // namespace stet::media
