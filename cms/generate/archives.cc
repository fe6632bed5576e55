#include "cms/generate/archives.h"

#include <algorithm>

#include "cms/liquid/filters/slugify.h"
#include "cms/liquid/member.h"
#include "cms/site/field_text.h"
#include "cms/site/file_name.h"
#include "cms/site/permalink.h"
#include "cms/site/site.h"
#include "cms/site/site_changes.h"

namespace stet::generate {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;

struct Kind {
  std::string_view enabled;  // the word of `enabled:`
  std::string_view type;     // what the archive calls itself
  std::string_view prefix;   // of the lists that have one
  std::string_view permalink;
};

constexpr Kind kKinds[] = {
    {"tags", "tag", "tags.", "/tag/:name/"},
    {"categories", "category", "categories.", "/category/:name/"},
    {"year", "year", "archive.year.", "/:year/"},
    {"month", "month", "archive.month.", "/:year/:month/"},
    {"day", "day", "archive.day.", "/:year/:month/:day/"},
};

std::string two_digits(unsigned number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2020", "2020-01", "2020-01-31": how much of the date the kind looks at.
std::string date_name(const Date& date, std::string_view type) {
  std::string year = std::to_string(date.year);
  std::string name = std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year;
  if (type != "year") name += "-" + two_digits(date.month);
  if (type == "day") name += "-" + two_digits(date.day);
  return name;
}

class Archives final : public site::Generator {
 public:
  Archives(std::shared_ptr<const site::Config> config, std::int64_t place, reads::Names& names)
      : config_(std::move(config)),
        settings_(config_->get("jekyll-archives")),
        place_(place),
        names_(names) {
    Value enabled = liquid::member_of(settings_, "enabled");
    bool is_all = (enabled.type() == Type::kBool && enabled.as_bool()) ||
                  (enabled.is_string() && enabled.as_string() == "all");
    for (const Kind& kind : kKinds) {
      bool is_named = false;
      if (enabled.type() == Type::kArray) {
        for (const Value& word : enabled.as_array().items) {
          is_named = is_named || (word.is_string() && word.as_string() == kind.enabled);
        }
      }
      if (is_all || is_named) kinds_.push_back(kind);
    }
  }

  std::vector<std::string> lists_of(const site::Document& document) const override {
    const site::DocumentFacts& facts = document.facts();
    std::vector<std::string> lists;
    if (facts.kind != site::DocumentKind::kPost || !facts.has_date) return lists;
    Date date = civil_of(facts.date).date;
    for (const Kind& kind : kinds_) {
      if (kind.prefix.starts_with("archive.")) {
        lists.push_back(std::string(kind.prefix) + date_name(date, kind.type));
      }
    }
    return lists;
  }

  std::set<std::string> groups_of(const site::Touched& touched, bool) const override {
    std::set<std::string> groups;
    for (const Kind& kind : kinds_) {
      auto it = touched.lists.lower_bound(std::string(kind.prefix));
      for (; it != touched.lists.end() && it->first.starts_with(kind.prefix); ++it) {
        groups.insert(it->first);
      }
    }
    return groups;
  }

  site::Group make(const std::string& list,
                   const site::Site& site,
                   const site::Group& before) const override {
    if (site.list(list).empty()) return nullptr;
    if (before) return before;  // what it shows is looked at when it is rendered
    auto kind = std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& kind) {
      return list.starts_with(kind.prefix);
    });
    site::DocumentPtr page = page_of(list, *kind);
    if (!page) return nullptr;
    return std::make_shared<std::vector<site::DocumentPtr>>(1, page);
  }

 private:
  std::string layout_of(const Kind& kind) const {
    for (const Value& named :
         {liquid::member_of(liquid::member_of(settings_, "layouts"), kind.type),
          liquid::member_of(settings_, "layout")}) {
      if (named.is_string()) return std::string(named.as_string());
    }
    return "archive";
  }

  Result<std::string> url_of(const std::string& name, const Kind& kind) const {
    Value own = liquid::member_of(liquid::member_of(settings_, "permalinks"), kind.type);
    Value mode = liquid::member_of(settings_, "slug_mode");
    std::string_view permalink = own.is_string() ? own.as_string() : kind.permalink;
    bool is_dated = kind.prefix.starts_with("archive.");
    return site::expand_permalink(
        permalink, [&](std::string_view placeholder) -> std::optional<std::string> {
          if (placeholder == "type") return std::string(kind.type);
          if (!is_dated && placeholder == "name") {
            return liquid::slugify(name, mode.is_string() ? mode.as_string() : "default");
          }
          if (is_dated && placeholder == "year") return name.substr(0, 4);
          if (is_dated && placeholder == "month" && name.size() >= 7) return name.substr(5, 2);
          if (is_dated && placeholder == "day" && name.size() >= 10) return name.substr(8, 2);
          return std::nullopt;
        });
  }

  site::DocumentPtr page_of(const std::string& list, const Kind& kind) const {
    std::string name = list.substr(kind.prefix.size());
    auto url = url_of(name, kind);
    if (!url) return {};
    bool is_dated = kind.prefix.starts_with("archive.");
    Value date;
    if (is_dated) {
      auto part = [&](std::size_t at) {
        return at < name.size() ? std::stoi(name.substr(at, at == 0 ? 4 : 2)) : 1;
      };
      date = Value(
          Date{part(0), static_cast<std::uint8_t>(part(5)), static_cast<std::uint8_t>(part(8))});
    }
    site::DocumentFacts facts;
    facts.kind = site::DocumentKind::kGenerated;
    facts.layout = layout_of(kind);
    facts.fields = liquid::Ref<Hash>(new Hash({{"layout", Value(facts.layout)},
                                               {"type", Value(std::string(kind.type))},
                                               {"title", is_dated ? Value() : Value(name)},
                                               {"date", date}}));
    auto file = std::make_shared<site::ParsedFile>();
    file->has_front_matter = true;
    file->front_matter = facts.fields;
    facts.file = std::move(file);
    facts.url = *url;
    std::string_view extension = site::extension_of(facts.url);
    facts.output_extension = extension.empty() ? ".html" : std::string(extension);
    facts.output_path = site::output_path_of(facts.url, facts.output_extension);
    facts.path = facts.shown_path = facts.output_path;
    facts.subject = "archive of " + list;
    facts.posts_list = list;
    facts.key = site::generated_key(place_, order_of(kind, name));
    return site::DocumentPtr(new site::Document(std::move(facts), names_));
  }

  // Tags, categories, then each year with its months, the last one first, and their days so too.
  static std::string order_of(const Kind& kind, const std::string& name) {
    if (kind.type == "tag") return "0" + name;
    if (kind.type == "category") return "1" + name;
    std::string order = "2" + name.substr(0, 4);
    for (std::size_t at = 5; at < name.size(); at += 3) {
      order += "/" + std::to_string(99 - std::stoi(name.substr(at, 2)));
    }
    return order;
  }

  const std::shared_ptr<const site::Config> config_;
  const Value settings_;
  const std::int64_t place_;
  reads::Names& names_;
  std::vector<Kind> kinds_;
};

}  // namespace

site::GeneratorPtr make_archives(const std::shared_ptr<const site::Config>& config,
                                 std::int64_t place,
                                 reads::Names& names) {
  return std::make_shared<Archives>(config, place, names);
}

}  // namespace stet::generate
