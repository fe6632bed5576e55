#include "cms/generate/standing.h"

#include <map>

#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

class Standing final : public site::Generator {
 public:
  explicit Standing(const std::vector<site::DocumentPtr>& documents) {
    for (const site::DocumentPtr& document : documents) {
      std::string path = document->path();
      groups_[path] = std::make_shared<std::vector<site::DocumentPtr>>(1, document);
    }
  }

  std::set<std::string> groups_of(const site::Touched& touched, bool is_first) const override {
    std::set<std::string> paths;
    if (is_first) {
      for (const auto& [path, group] : groups_) paths.insert(path);
    }
    for (const std::string& path : touched.files) {
      if (groups_.contains(path)) paths.insert(path);
    }
    return paths;
  }

  site::Group make(const std::string& path,
                   const site::Site& site,
                   const site::Group&) const override {
    return site.blob_of(path) ? nullptr : groups_.at(path);
  }

 private:
  std::map<std::string, site::Group> groups_;  // by path
};

}  // namespace

site::GeneratorPtr make_standing(const std::vector<site::DocumentPtr>& documents) {
  return std::make_shared<Standing>(documents);
}

}  // namespace stet::generate
