#include "cms/plugins/seo_facts.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/moment.h"
#include "cms/liquid/filters/site_url.h"
#include "cms/liquid/filters/uri.h"
#include "cms/liquid/filters/words.h"
#include "cms/site/site_drop.h"

namespace stet::plugins {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;

bool is_map(const Value& value) {
  return value.type() == Type::kHash || (value.type() == Type::kDrop && value.as_drop().is_hash());
}

bool is_absolute(const std::string& text) {
  auto uri = liquid::Uri::parse(text);
  return uri && uri->is_absolute();
}

Value first_truthy(const Value& first, const Value& second) {
  return first.is_truthy() ? first : second;
}

// `%<name>s` and `%{name}` of Ruby's format.
void fill_in(std::string& text, const std::string& name, const std::string& value) {
  for (const std::string& mark : {"%<" + name + ">s", "%<" + name + ">d", "%{" + name + "}"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size())) {
      text.replace(at, mark.size(), value);
    }
  }
}

void add(std::vector<Hash::Entry>& entries, std::string key, const SeoFacts::Text& text) {
  if (text) entries.emplace_back(std::move(key), Value(*text));
}

void add(std::vector<Hash::Entry>& entries, std::string key, const Value& value) {
  if (!value.is_nil()) entries.emplace_back(std::move(key), value);
}

Value word(std::string_view text) { return Value(std::string(text)); }

}  // namespace

SeoFacts::SeoFacts(const Value& paginator, site::View& view) : view_(view), paginator_(paginator) {
  site_title_ = formatted(first_truthy(site("title"), site("name")));
  page_title_ = formatted(page("title"));
  if (!page_title_) page_title_ = site_title_;
  author_ = find_author();
  image_ = page("image");
  image_path_ = find_image_path();
}

Value SeoFacts::page(std::string_view key) const {
  const site::Document* current = view_.current();
  return current ? current->get(key, view_) : Value();
}

Value SeoFacts::site(std::string_view key) const {
  static const liquid::Ref<site::SiteDrop> kSite(new site::SiteDrop());
  return kSite->get(key, view_);
}

Value SeoFacts::in(const Value& map, std::string_view key) const {
  return is_map(map) ? liquid::property(map, key, view_, false) : Value();
}

std::string SeoFacts::text(const Value& value) const { return liquid::to_text(value, view_); }

SeoFacts::Text SeoFacts::formatted(const Value& value) const {
  if (value.is_nil()) return std::nullopt;
  std::string html = view_.markdownify(liquid::to_s(value, view_));
  std::string plain;
  std::string stripped = liquid::strip_html(html);
  for (std::string_view part : liquid::split_words(stripped)) {
    if (!plain.empty()) plain += ' ';
    plain += part;
  }
  if (plain.empty()) return std::nullopt;
  return liquid::escape_html_once(plain);
}

SeoFacts::Text SeoFacts::page_number() const {
  Value page = in(paginator_, "page");
  if (page.type() != Type::kInteger || page.as_integer() <= 1) return std::nullopt;
  Value own = site("seo_paginator_message");
  std::string message = own.is_truthy() ? text(own) : "Page %<current>s of %<total>s for ";
  fill_in(message, "current", text(page));
  fill_in(message, "total", text(in(paginator_, "total_pages")));
  return message;
}

SeoFacts::Text SeoFacts::title() const {
  Text title = page_title_;
  if (site_title_ && page_title_ != site_title_) {
    title = *page_title_ + " | " + *site_title_;
  } else if (site_title_) {
    if (Text description = formatted(site("description"))) {
      Text tagline = formatted(site("tagline"));
      title = *site_title_ + " | " + (tagline ? *tagline : *description);
    }
  }
  if (!title) return title;
  Text number = page_number();
  return number ? *number + *title : *title;
}

SeoFacts::Text SeoFacts::description() const {
  Value own = page("description");
  Text text = formatted(own.is_truthy() ? own : page("excerpt"));
  return text ? text : formatted(site("description"));
}

std::string SeoFacts::locale() const {
  Value locale = first_truthy(page("locale"), site("locale"));
  if (!locale.is_truthy()) locale = first_truthy(page("lang"), site("lang"));
  std::string name = locale.is_truthy() ? text(locale) : "en_US";
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string SeoFacts::absolute(std::string_view path) const {
  auto url = liquid::absolute_url(path, text(view_.config("url")), text(view_.config("baseurl")));
  return url ? *url : std::string(path);
}

std::string SeoFacts::canonical_url() const {
  std::string own = text(page("canonical_url"));
  if (!own.empty()) return own;
  std::string url = absolute(text(page("url")));
  constexpr std::string_view kIndex = "/index.html";
  if (url.ends_with(kIndex)) url.resize(url.size() - kIndex.size() + 1);
  return url;
}

bool SeoFacts::is_home_or_about() const {
  std::string url = text(page("url"));
  std::string_view rest = url;
  if (rest.starts_with("/about/")) {
    rest.remove_prefix(7);
  } else if (rest.starts_with("/")) {
    rest.remove_prefix(1);
  } else {
    return false;
  }
  return rest.empty() || rest == "index.html" || rest == "index.htm";
}

std::string SeoFacts::type() const {
  Value own = in(page("seo"), "type");
  if (own.is_truthy()) return text(own);
  if (is_home_or_about()) return "WebSite";
  return page("date").is_truthy() ? "BlogPosting" : "WebPage";
}

SeoFacts::Text SeoFacts::name() const {
  Value own = in(page("seo"), "name");
  if (own.is_truthy()) {
    if (Text name = formatted(own)) return name;
  }
  if (!is_home_or_about()) return std::nullopt;
  Value social = in(site("social"), "name");
  return social.is_truthy() ? formatted(social) : site_title_;
}

Value SeoFacts::links() const {
  Value own = in(page("seo"), "links");
  if (own.is_truthy()) return own;
  return is_home_or_about() ? first_truthy(in(site("social"), "links"), Value()) : Value();
}

SeoFacts::Text SeoFacts::logo() const {
  Value logo = site("logo");
  if (!logo.is_truthy()) return std::nullopt;
  std::string path = text(logo);
  return liquid::normalize_component(is_absolute(path) ? path : absolute(path));
}

Value SeoFacts::find_author() const {
  Value found = page("author");
  if (text(found).empty()) {
    Value authors = page("authors");
    bool is_list = authors.type() == Type::kArray || authors.type() == Type::kList;
    found = is_list ? liquid::first_of(authors, view_) : Value();
  }
  if (text(found).empty()) found = site("author");
  if (is_map(found)) return found;
  if (!found.is_string() || found.as_string().empty()) return {};
  Value known = in(in(site("data"), "authors"), found.as_string());
  std::vector<Hash::Entry> author = {{"name", found}};
  for (std::string_view key : {"name", "twitter", "type", "url"}) {
    if (is_map(known) && liquid::has_key(known, key, view_)) {
      author.emplace_back(std::string(key), in(known, key));
    }
  }
  return liquid::make_hash(std::move(author));
}

SeoFacts::Text SeoFacts::author_twitter() const {
  Value twitter = in(author_, "twitter");
  if (!twitter.is_truthy()) twitter = in(author_, "name");
  if (!twitter.is_string()) return std::nullopt;
  std::string_view name = twitter.as_string();
  if (name.starts_with('@')) name.remove_prefix(1);
  std::string plain(name);
  std::erase(plain, '@');
  return plain;
}

SeoFacts::Text SeoFacts::find_image_path() const {
  Value path = image_;
  if (is_map(image_)) {
    path = in(image_, "path");
    for (std::string_view key : {"facebook", "twitter"}) {
      if (!path.is_truthy()) path = in(image_, key);
    }
  } else if (!image_.is_string()) {
    return std::nullopt;
  }
  if (!path.is_truthy()) return std::nullopt;
  std::string raw = text(path);
  return liquid::normalize_component(is_absolute(raw) ? raw : absolute(raw));
}

SeoFacts::Text SeoFacts::iso_time(const Value& date) const {
  if (!date.is_truthy()) return std::nullopt;
  auto moment = liquid::moment_of(date, view_);
  return moment ? liquid::print("date_to_xmlschema", "", *moment, view_) : text(date);
}

SeoFacts::Text SeoFacts::date_published() const { return iso_time(page("date")); }

SeoFacts::Text SeoFacts::date_modified() const {
  Value date = in(page("seo"), "date_modified");
  if (!date.is_truthy()) date = page("last_modified_at");
  return iso_time(date.is_truthy() ? date : page("date"));
}

Value SeoFacts::json_author() const {
  Value name = in(author_, "name"), type = in(author_, "type"), url = in(author_, "url");
  if (!name.is_truthy()) return {};
  std::string kind = type.is_truthy() ? text(type) : "Person";
  if (kind != "Person" && kind != "Organization") return {};
  std::vector<Hash::Entry> author = {{"@type", Value(kind)}, {"name", name}};
  if (url.is_truthy()) author.emplace_back("url", url);
  return liquid::make_hash(std::move(author));
}

// The path alone, or all that the page says of its image, the path as its URL.
Value SeoFacts::json_image() const {
  if (!image_path_) return {};
  std::vector<std::string> keys;
  if (image_.type() == Type::kHash) {
    for (const auto& entry : image_.as_hash().entries()) {
      if (entry.first != "path") keys.push_back(entry.first);
    }
  }
  if (keys.empty()) return Value(*image_path_);
  std::vector<Hash::Entry> image;
  for (std::string& key : keys) {
    Value value = in(image_, key);
    image.emplace_back(std::move(key), std::move(value));
  }
  image.emplace_back("url", Value(*image_path_));
  image.emplace_back("@type", word("imageObject"));
  return liquid::make_hash(std::move(image));
}

Value SeoFacts::json_publisher() const {
  Text address = logo();
  if (!address) return {};
  std::vector<Hash::Entry> publisher = {
      {"@type", word("Organization")},
      {"logo", liquid::make_hash({{"@type", word("ImageObject")}, {"url", Value(*address)}})}};
  Value name = in(author_, "name");
  if (name.is_truthy()) publisher.emplace_back("name", name);
  return liquid::make_hash(std::move(publisher));
}

std::string SeoFacts::json_of(const Value& value) const {
  std::string json;
  liquid::append_json(json, value, view_, liquid::JsonStyle::kCompact);
  return json;
}

// In the order of the keys' bytes, as the plugin sorts them.
Value SeoFacts::json_ld() const {
  std::string kind = type();
  std::vector<Hash::Entry> entries;
  add(entries, "@context", word("https://schema.org"));
  add(entries, "@type", Value(kind));
  add(entries, "author", json_author());
  add(entries, "dateModified", date_modified());
  add(entries, "datePublished", date_published());
  add(entries, "description", description());
  add(entries, "headline", page_title_);
  add(entries, "image", json_image());
  if (kind == "BlogPosting" || kind == "CreativeWork") {
    add(entries,
        "mainEntityOfPage",
        liquid::make_hash({{"@type", word("WebPage")}, {"@id", Value(canonical_url())}}));
  }
  add(entries, "name", name());
  add(entries, "publisher", json_publisher());
  add(entries, "sameAs", links());
  add(entries, "url", Value(canonical_url()));
  return liquid::make_hash(std::move(entries));
}

}  // namespace stet::plugins
