#include "cms/site/github.h"

#include "cms/liquid/convert.h"
#include "cms/site/config_reads.h"
#include "cms/site/site.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Value;

Value word(std::string_view text) { return Value(std::string(text)); }

void add_repository(const std::string& owner,
                    const std::string& name,
                    std::vector<Hash::Entry>& entries) {
  std::string account = "https://github.com/" + owner, url = account + "/" + name;
  bool is_user_page = name == owner + ".github.io" || name == owner + ".github.com";
  std::string branch = is_user_page ? "master" : "gh-pages";
  entries.insert(entries.end(),
                 {{"project_title", Value(name)},
                  {"owner_name", Value(owner)},
                  {"owner_url", Value(account)},
                  {"owner_gravatar_url", Value(account + ".png")},
                  {"repository_url", Value(url)},
                  {"repository_nwo", Value(owner + "/" + name)},
                  {"repository_name", Value(name)},
                  {"zip_url", Value(url + "/zipball/" + branch)},
                  {"tar_url", Value(url + "/tarball/" + branch)},
                  {"clone_url", Value(url + ".git")},
                  {"releases_url", Value(url + "/releases")},
                  {"issues_url", Value(url + "/issues")},
                  {"is_user_page", Value(is_user_page)},
                  {"is_project_page", Value(!is_user_page)}});
}

}  // namespace

Value github_value(View& view) {
  std::string repository = liquid::to_text(view.config("repository"), view);
  std::vector<Hash::Entry> entries = {{"environment", Value(view.site().config().environment())},
                                      {"hostname", word("github.com")},
                                      {"pages_hostname", word("github.io")},
                                      {"api_url", word("https://api.github.com")},
                                      {"help_url", word("https://help.github.com")}};
  std::size_t slash = repository.find('/');
  if (slash != std::string::npos && slash > 0 && slash + 1 < repository.size()) {
    add_repository(repository.substr(0, slash), repository.substr(slash + 1), entries);
  }
  liquid::Ref<Hash> known(new Hash(std::move(entries)));
  Value own = whole_setting("github", view);
  return own.type() == liquid::Type::kHash ? Value(deep_merged(*known, own.as_hash()))
                                           : Value(known);
}

}  // namespace stet::site
