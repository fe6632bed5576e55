#include "api/micropub/post.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "cms/change/slug.h"
#include "cms/document/json_patch.h"
#include "storage/base/utf8.h"

namespace stet::micropub {
namespace {

using document::Data;

constexpr std::size_t kTitleBytesMax = 60;
constexpr std::string_view kContent = "content", kStatus = "post-status",
                           kVisibility = "visibility";

constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    // property, key
    {"name", "title"},
    {"category", "tags"},
    {"published", "date"},
    {"mp-slug", "slug"},
};

std::string_view key_of(std::string_view property) {
  auto found = std::find_if(
      std::begin(kNames), std::end(kNames), [&](const auto& one) { return one.first == property; });
  return found == std::end(kNames) ? property : found->second;
}

std::string_view property_of(std::string_view key) {
  auto found = std::find_if(
      std::begin(kNames), std::end(kNames), [&](const auto& one) { return one.second == key; });
  return found == std::end(kNames) ? key : found->first;
}

Fault bad(std::string description) { return {.description = std::move(description)}; }

// Text, or the HTML of {"html": ...}.
std::variant<std::string, Fault> body_of(const Data::List& values) {
  if (values.size() != 1) return bad("content has one value");
  const Data& value = values.front();
  const Data* html = value.find("html");
  const Data* text = html ? html : value.is_map() ? value.find("value") : &value;
  if (!text || !text->string()) return bad("content is text, or {\"html\": text}");
  std::string body = *text->string();
  if (!body.empty() && !body.ends_with('\n')) body += '\n';
  return body;
}

// A list of one stands as its value; tags are a list always.
Data value_of(std::string_view property, const Data::List& values) {
  bool is_one = values.size() == 1 && property != "category";
  return is_one ? values.front() : Data(values);
}

Data::List list_of(const Data& value) {
  if (value.is_nil()) return {};
  return value.is_list() ? *value.list() : Data::List{value};
}

// "one two" of tags that are one text.
Data::List words_of(const Data& value) {
  const std::string* text = value.string();
  if (!text) return list_of(value);
  Data::List words;
  for (std::size_t begin = 0; (begin = text->find_first_not_of(" \t\r\n", begin)) != text->npos;) {
    std::size_t end = std::min(text->find_first_of(" \t\r\n", begin), text->size());
    words.emplace_back(std::string_view(*text).substr(begin, end - begin));
    begin = end;
  }
  return words;
}

Data::List values_in(const Post& post, std::string_view property) {
  const Data* value = post.front_matter.find(key_of(property));
  if (!value) return {};
  return property == "category" ? words_of(*value) : list_of(*value);
}

// The first words of a text, or else a word for what it is.
std::string title_for(const Command& command, std::string_view body) {
  std::string_view line = body.substr(body.find_first_not_of(" \t\r\n#>*") == body.npos
                                          ? body.size()
                                          : body.find_first_not_of(" \t\r\n#>*"));
  line = line.substr(0, line.find_first_of("\r\n"));
  std::string title;
  bool is_in_tag = false;
  for (char c : line) {
    if (c == '<') is_in_tag = true;
    if (!is_in_tag) title += c;
    if (c == '>') is_in_tag = false;
  }
  if (title.size() > kTitleBytesMax) {
    std::size_t blank = title.rfind(' ', kTitleBytesMax);
    std::size_t end = blank != std::string::npos && blank > 0 ? blank : kTitleBytesMax;
    while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) --end;
    title.resize(end);
  }
  while (title.ends_with(' ')) title.pop_back();
  if (!title.empty()) return title;
  for (const auto& [name, values] : command.properties) {
    std::string text = first_text(command.properties, name);
    if (name.ends_with("-of") || name == "in-reply-to") return name + " " + text;
  }
  return command.properties.contains("photo") ? "Photo" : "Note";
}

// A post is public or a draft. What asks for less than public must not become public.
std::optional<Fault> fault_of_reach(const Data::Map& properties) {
  const Data* status = properties.find(kStatus);
  if (status && !status->list()->empty()) {
    std::string text = first_text(properties, kStatus);
    bool is_known = status->list()->size() == 1 && (text == "draft" || text == "published");
    if (!is_known) return bad("post-status is published or draft");
  }
  const Data* reach = properties.find(kVisibility);
  if (!reach || reach->list()->empty()) return std::nullopt;
  if (reach->list()->size() == 1 && first_text(properties, kVisibility) == "public") {
    return std::nullopt;
  }
  return bad("visibility is public; send post-status=draft for what nobody is to see yet");
}

std::optional<Fault> fault_of_change(const Command& command) {
  auto is_content = [](const std::string& name) { return name == kContent; };
  bool is_more = command.added.contains(kContent) || command.removed.contains(kContent);
  if (is_more) return bad("a post has one content: replace it");
  bool is_nothing =
      std::any_of(command.removed_names.begin(), command.removed_names.end(), is_content);
  if (is_nothing) return bad("a post has a content: replace it with an empty one");
  for (const auto* lists : {&command.replaced, &command.added, &command.removed}) {
    if (!lists->contains(kStatus)) continue;
    return bad("a post is not made a draft, nor a draft a post, by an update; delete hides it");
  }
  for (const auto* lists : {&command.replaced, &command.added}) {
    if (auto fault = fault_of_reach(*lists)) return fault;
  }
  return std::nullopt;
}

// As it stands in the name of the file: the two make one URL.
void set_slug(const Command& command, Data::Map& front_matter) {
  std::string slug = change::slug_of_text(first_text(command.commands, "mp-slug"));
  if (!slug.empty()) front_matter.set(key_of("mp-slug"), std::move(slug));
}

}  // namespace

std::variant<Post, Fault> post_of(const Command& command, const Time& now) {
  if (auto fault = fault_of_reach(command.properties)) return *std::move(fault);
  Post post;
  Data::Map& map = *post.front_matter.map();
  if (const Data* content = command.properties.find(kContent)) {
    auto body = body_of(*content->list());
    if (auto* fault = std::get_if<Fault>(&body)) return std::move(*fault);
    post.body = std::get<std::string>(std::move(body));
  }
  std::string title = first_text(command.properties, "name");
  map.set("title", title.empty() ? title_for(command, post.body) : title);
  bool has_date = !first_text(command.properties, "published").empty();
  if (!has_date) map.set("date", Time{now.seconds, 0, now.offset_seconds, false});
  for (const auto& [name, values] : command.properties) {
    bool is_elsewhere = name == kContent || name == "name" || name == kVisibility;
    if (is_elsewhere || values.list()->empty()) continue;
    if (name == kStatus) {
      post.is_draft = first_text(command.properties, name) == "draft";
    } else {
      map.set(key_of(name), value_of(name, *values.list()));
    }
  }
  for (const auto& [name, values] : command.commands) {
    if (values.list()->empty() || name == "mp-slug") continue;
    map.set(key_of(name), value_of(name, *values.list()));
  }
  set_slug(command, map);
  return post;
}

std::variant<Change, Fault> change_of(const Command& command, const Post& there) {
  if (auto fault = fault_of_change(command)) return std::move(*fault);
  Change change;
  std::map<std::string, Data::List> after;
  auto list_after = [&](const std::string& name) -> Data::List& {
    auto found = after.find(name);
    if (found == after.end()) found = after.emplace(name, values_in(there, name)).first;
    return found->second;
  };
  for (const auto& [name, values] : command.replaced) {
    if (name == kContent) {
      auto body = body_of(*values.list());
      if (auto* fault = std::get_if<Fault>(&body)) return std::move(*fault);
      change.body = std::get<std::string>(std::move(body));
    } else {
      after[name] = *values.list();
    }
  }
  for (const auto& [name, values] : command.added) {
    Data::List& list = list_after(name);
    for (const Data& value : *values.list()) {
      if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    }
  }
  for (const auto& [name, values] : command.removed) {
    Data::List& list = list_after(name);
    for (const Data& value : *values.list()) std::erase(list, value);
  }
  for (const std::string& name : command.removed_names) after[name].clear();
  for (const auto& [name, list] : after) {
    change.patch.set(key_of(name), list.empty() ? Data() : value_of(name, list));
  }
  return change;
}

Data::Map properties_of(const Post& post, const std::vector<std::string>& names) {
  auto is_wanted = [&](std::string_view name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  };
  Data::Map properties;
  for (const auto& [key, value] : *post.front_matter.map()) {
    std::string_view name = property_of(key);
    if (!is_wanted(name) || value.is_nil()) continue;
    properties.set(name, document::as_json(values_in(post, name)));
  }
  if (is_wanted(kContent)) {
    std::string body = post.body;
    if (body.ends_with('\n')) body.pop_back();
    properties.set(kContent, Data::List{body});
  }
  if (is_wanted(kStatus)) {
    properties.set(kStatus, Data::List{post.is_draft ? "draft" : "published"});
  }
  return properties;
}

}  // namespace stet::micropub
