#include "cms/generate/readmes.h"

#include <algorithm>
#include <cctype>

#include "cms/generate/adjust.h"
#include "cms/liquid/member.h"
#include "cms/site/derive.h"
#include "cms/site/document_url.h"
#include "cms/site/file_name.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

using liquid::Type;
using liquid::Value;

constexpr std::string_view kNames[] = {"README", "readme", "Readme", "ReadMe"};
constexpr std::string_view kIndexes[] = {"index.html", "index.htm", "index.xhtml", "index.xml"};

bool is_option(const site::Config& config, std::string_view key, bool wanted) {
  Value settings = config.get("readme_index");
  const Value* value = liquid::find_member(settings, key);
  return value && value->type() == Type::kBool && value->as_bool() == wanted;
}

std::string folder_of(std::string_view path) {  // with its slash; "": the root
  return std::string(path.substr(0, path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1));
}

class Readmes final : public site::Generator {
 public:
  Readmes(std::shared_ptr<const site::Config> config, std::int64_t place, reads::Names& names)
      : config_(std::move(config)),
        place_(place),
        names_(names),
        takes_pages_(is_option(*config_, "with_frontmatter", true)) {}

  std::set<std::string> groups_of(const site::Touched& touched, bool) const override {
    std::set<std::string> folders;
    for (const std::string& output : touched.outputs) {
      std::string name(site::stem_of(output));
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
      });
      if (name == "readme" || name == "index") folders.insert(folder_of(output));
    }
    return folders;
  }

  site::Group make(const std::string& folder,
                   const site::Site& site,
                   const site::Group& before) const override {
    const site::SourceFile* source = nullptr;
    std::string path;
    for (std::string_view name : kNames) {
      for (const char* extension : {".md", ".markdown", ".mkd", ".mkdn", ".mkdown"}) {
        if (source || !config_->is_markdown(extension)) continue;
        path = folder + std::string(name) + extension;
        source = site.find_source(path);
      }
    }
    if (!source || has_index(folder, path, site)) return nullptr;
    if (before && before->front()->facts().file->blob == source->blob) return before;
    site::ParsedFilePtr file = file_of(path, *source, site);
    site::DocumentPtr page =
        file ? page_of(folder, path, std::move(file), site) : site::DocumentPtr();
    return page ? std::make_shared<std::vector<site::DocumentPtr>>(1, page) : nullptr;
  }

 private:
  static std::string subject_of(const std::string& path) { return path + "#readme"; }

  static bool has_index(const std::string& folder,
                        const std::string& path,
                        const site::Site& site) {
    return std::any_of(std::begin(kIndexes), std::end(kIndexes), [&](std::string_view name) {
      return site.has_other_output(folder + std::string(name), subject_of(path));
    });
  }

  site::ParsedFilePtr file_of(const std::string& path,
                              const site::SourceFile& source,
                              const site::Site& site) const {
    if (!source.documents.empty() && takes_pages_) return source.documents.front()->facts().file;
    if (!source.static_file) return nullptr;
    auto bytes = site.read_path(path);
    if (!bytes) return nullptr;
    auto file = std::make_shared<site::ParsedFile>();
    file->blob = source.blob;
    file->front_matter = liquid::Ref<liquid::Hash>(new liquid::Hash({}));
    file->body = site::Text::held(std::move(*bytes));
    return file;
  }

  site::DocumentPtr page_of(const std::string& folder,
                            const std::string& path,
                            site::ParsedFilePtr file,
                            const site::Site& site) const {
    site::Derived derived =
        site::derive_document(path, {site::Role::kSite, ""}, std::move(file), *config_, names_);
    if (!derived.document) return {};
    site::DocumentFacts facts = derived.document->facts();
    facts.path = folder + "index.html";
    facts.fields = site::with(*facts.fields, "permalink", Value("/" + folder));
    (void)site::set_url(facts, *config_);  // of pages it does not fail
    facts.path = path;
    facts.subject = subject_of(path);
    if (is_option(*config_, "remove_originals", true) && !facts.file->has_front_matter) {
      facts.replaces = path;
    }
    auto read_body = [&](const site::ParsedFile& of) { return site.text_of(of); };
    if (!generate::adjust(facts, *config_, read_body)) return {};
    facts.key = site::generated_key(place_, path);
    return site::DocumentPtr(new site::Document(std::move(facts), names_));
  }

  const std::shared_ptr<const site::Config> config_;
  const std::int64_t place_;
  reads::Names& names_;
  const bool takes_pages_;
};

}  // namespace

site::GeneratorPtr make_readmes(const std::shared_ptr<const site::Config>& config,
                                std::int64_t place,
                                reads::Names& names) {
  if (is_option(*config, "enabled", false)) return nullptr;
  return std::make_shared<Readmes>(config, place, names);
}

}  // namespace stet::generate
