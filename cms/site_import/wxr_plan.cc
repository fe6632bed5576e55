#include "cms/site_import/wxr_plan.h"

#include <algorithm>

#include "cms/document/document.h"
#include "cms/document/edit.h"
#include "cms/site_import/site_name.h"
#include "cms/site_import/wxr_entries.h"
#include "cms/site_import/yaml_there.h"
#include "storage/base/utf8.h"
#include "storage/snapshot/overlay_snapshot.h"

namespace stet::site_import {
namespace {

using document::Data;

constexpr char kAuthorsPath[] = "_data/authors.yml";
constexpr char kRedirects[] = "jekyll-redirect-from";

std::string without_extension(const RepoPath& path) {
  std::string_view extension = path.extension();
  return path.string().substr(0, path.string().size() - extension.size());
}

class WxrPlanner {
 public:
  WxrPlanner(const WxrExport& site, const WxrTarget& target) : site_(site), target_(target) {}

  Result<WxrPlan> run() {
    config_ = TRY(read_yaml_there(*target_.there, kConfigPath));
    EntriesThere there = TRY(read_entries());
    NewEntries made = entries_of(site_, std::move(there), told_);
    plan_.entries = std::move(made.planned);
    TRY(lead_on(made.entries));
    for (const NewEntry& entry : made.entries) TRY(add_entry(entry));
    TRY(add_authors());
    TRY(plan_patch(config_, config_patch(), plan_.files));
    std::sort(plan_.files.begin(),
              plan_.files.end(),
              [](const PlannedFile& a, const PlannedFile& b) { return a.path < b.path; });
    plan_.findings = site_.findings;
    for (Finding& finding : told_.take()) plan_.findings.push_back(std::move(finding));
    return std::move(plan_);
  }

 private:
  Result<EntriesThere> read_entries() {
    EntriesThere there;
    TRY(target_.there->walk("", [&](const storage::SnapshotEntry& entry) -> Status {
      there.names.insert(without_extension(entry.path));
      std::string_view extension = entry.path.extension();
      bool is_document = extension == ".html" || extension == ".md" || extension == ".markdown";
      if (!is_readable(entry.kind) || !is_document) return {};
      std::string bytes = TRY(target_.there->read(entry.blob));
      if (bytes.find(kIdKey) == bytes.npos) return {};
      auto document = document::parse_document(bytes, entry.path.view());
      there.known.add(document.front_matter, entry.path.string());
      return {};
    }));
    std::string zone = text_in(config_.data, "timezone");
    if (!zone.empty()) {
      auto found = TimeZone::find(zone);
      if (!found) return std::move(found).error().within(kConfigPath);
      there.zone = *found;
    }
    const Data* future = config_.data.find("future");
    there.shows_future = future && future->boolean() && *future->boolean();
    std::string base = text_in(config_.data, "baseurl");
    for (const auto& [address, path] : target_.media)
      there.moved[address_key(address)] = base + "/" + path;
    return there;
  }

  // The site as it would be, for the addresses and layouts that the entries have in it.
  Status lead_on(std::vector<NewEntry>& entries) {
    if (entries.empty()) return {};
    std::map<RepoPath, std::optional<std::string>> edits;
    for (const NewEntry& entry : entries) {
      // The body is nothing that an address depends on.
      edits[TRY(RepoPath::parse(entry.path))] = TRY(text_of(entry, ""));
    }
    std::vector<PlannedFile> first;
    TRY(plan_patch(config_, first_config(), first));
    for (PlannedFile& file : first) edits[file.path] = std::move(file.after);
    site::BuilderOptions options = target_.options;
    options.overrides.is_future = options.overrides.is_unpublished = true;
    options.overrides.is_drafts = true;
    options.overrides.posts_max = std::nullopt;
    reads::Names names;
    site::Builder builder(std::move(options), names);
    auto made = TRY(builder.build({storage::make_overlay_snapshot(target_.there, edits), {}, {}}));
    has_redirect_plugin_ = made->config().has_plugin(kRedirects);
    for (NewEntry& entry : entries) finish(*made, entry);
    return {};
  }

  void finish(const site::Site& made, NewEntry& entry) {
    auto document = made.find_document(entry.path);
    if (!document) {
      return told_.doubt(entry.item->place,
                         entry.path + " would be no page of the site: _config.yml leaves it out",
                         "the file, without a page");
    }
    const site::DocumentFacts& facts = document->facts();
    set_layout(made, facts, entry);
    if (made.has_other_output(facts.output_path, facts.subject)) {
      told_.doubt(entry.item->place,
                  "another page of the site lies at '" + printable(facts.url, 200) + "' too",
                  "one of them is shown; give it another permalink");
    }
    if (!entry.is_public) return;
    std::string old = old_path(entry.item->link, site_.address);
    if (old.empty()) {
      return told_.count(entry.item->place,
                         "old addresses are no paths (such as ?p=12), and lead nowhere");
    }
    std::string now = old_path("x://y" + facts.url, "x://y");
    if (old == "/" || old == now || old + "/" == now || old == now + "/") return;
    entry.fields.set("redirect_from", old);
    has_redirects_ = true;
  }

  static void set_layout(const site::Site& made,
                         const site::DocumentFacts& facts,
                         NewEntry& entry) {
    const char* layout = entry.is_page ? "page" : "post";
    if (!facts.layout.empty() || !made.find_layout(layout)) return;
    Data::Map fields{{"layout", layout}};
    for (const auto& [key, value] : entry.fields) fields.append(key, value);
    entry.fields = std::move(fields);
  }

  static Result<std::string> text_of(const NewEntry& entry, const std::string& body) {
    auto text = document::write_document(entry.fields, body);
    if (text) return text;
    return std::move(text).error().within("line " + std::to_string(entry.item->place.line));
  }

  Status add_entry(const NewEntry& entry) {
    std::string text = TRY(text_of(entry, entry.body.empty() ? "" : entry.body + "\n"));
    plan_.files.push_back({TRY(RepoPath::parse(entry.path)), std::nullopt, std::move(text)});
    return {};
  }

  Status add_authors() {
    YamlThere authors = TRY(read_yaml_there(*target_.there, kAuthorsPath));
    Data::Map patch;
    auto add = [&](const std::string& login, const std::string& name) {
      bool is_there = login.empty() || login == "<<" || authors.data.find(login);
      if (!is_there && !patch.contains(login)) patch.set(login, Data::Map{{"name", name}});
    };
    std::size_t mails = 0;
    Place first;
    for (const WxrAuthor& author : site_.authors) {
      add(author.login, author.name);
      if (author.has_mail && mails++ == 0) first = author.place;
    }
    told_.count(first, "mail addresses of authors stay behind: a site is public", mails);
    // Exports of version 1.0 list no authors.
    for (const WxrItem& item : site_.items) {
      if (item.type == "post" || item.type == "page") add(item.author, item.author);
    }
    return plan_patch(authors, patch, plan_.files);
  }

  // What a site that has no configuration begins with.
  Data::Map first_config() const {
    Data::Map patch;
    if (config_.bytes) return patch;
    patch.set("title", site_.title);
    if (!site_.description.empty()) patch.set("description", site_.description);
    if (!site_.language.empty()) patch.set("lang", site_.language);
    patch.set("stet", Data::Map{{"theme", "default"}});
    return patch;
  }

  Data::Map config_patch() {
    Data::Map patch = first_config();
    if (!has_redirects_ || has_redirect_plugin_) return patch;
    const Data* there = config_.data.find("plugins");
    Data::List plugins;
    if (there && there->list()) plugins = *there->list();
    if (there && there->string()) plugins.push_back(*there);
    plugins.emplace_back(kRedirects);
    patch.set("plugins", std::move(plugins));
    return patch;
  }

  const WxrExport& site_;
  const WxrTarget& target_;
  YamlThere config_;
  Told told_;
  bool has_redirects_ = false, has_redirect_plugin_ = false;
  WxrPlan plan_;
};

}  // namespace

Result<WxrPlan> plan_wxr(const WxrExport& site, const WxrTarget& target) {
  return WxrPlanner(site, target).run();
}

std::string entries_text(const WxrPlan& plan) {
  std::string text;
  std::map<std::string, std::size_t> numbers{{"post", 0}, {"draft", 0}, {"page", 0}};
  std::size_t there = 0;
  for (const PlannedEntry& entry : plan.entries) {
    ++numbers[entry.kind];
    there += entry.is_there;
    text += "line " + std::to_string(entry.place.line) + ": " + entry.kind + " '" +
            printable(entry.title, 100) + "' " + entry.path +
            (entry.is_there ? " (is there, and stays as it is)" : " (new)") + "\n";
  }
  text += std::to_string(numbers["post"]) + " posts, " + std::to_string(numbers["draft"]) +
          " drafts, " + std::to_string(numbers["page"]) + " pages, " + std::to_string(there) +
          " of them there already; " + std::to_string(plan.files.size()) + " files change\n";
  return text;
}

}  // namespace stet::site_import
