#include <algorithm>
#include <utility>

#include "cms/schedule_import/clean_text.h"
#include "cms/schedule_import/markup.h"
#include "cms/schedule_import/xml_tree.h"
#include "cms/site_import/wxr.h"
#include "storage/base/utf8.h"

namespace stet::site_import {
namespace {

using schedule_import::XmlElement;

constexpr std::string_view kVersions[] = {"1.0", "1.1", "1.2"};

// A title or a name as people see it: WordPress keeps them as HTML.
std::string name_of(std::string_view html) {
  bool is_cut = false;
  std::string plain = schedule_import::plain_of_html(html.substr(0, kWxrValueBytesMax));
  return schedule_import::one_line(plain, schedule_import::kNameBytesMax, is_cut);
}

// An identifier, an address: what has no markup.
std::string word_of(std::string_view text) {
  bool is_cut = false;
  return schedule_import::one_line(text.substr(0, kWxrValueBytesMax), 2000, is_cut);
}

// "0000-00-00 00:00:00" is what WordPress has where there is none.
std::optional<CivilTime> time_of(std::string_view text) {
  auto parsed = parse_iso_time(schedule_import::trimmed(text));
  if (!parsed || parsed->civil.date.year < 1 || !is_valid(parsed->civil.date)) return std::nullopt;
  return parsed->civil;
}

class WxrReader {
 public:
  Result<WxrExport> run(const XmlElement& root) {
    const XmlElement* channel = root.name == "rss" ? root.child("channel") : nullptr;
    if (!channel) {
      return invalid_input(
          "this is no export of WordPress, which is RSS; make one by Tools > Export");
    }
    TRY(check_version(*channel));
    site_.title = name_of(channel->text_of("title"));
    site_.description = name_of(channel->text_of("description"));
    site_.language = word_of(channel->text_of("language"));
    site_.address = word_of(channel->text_of("wp:base_blog_url"));
    if (site_.address.empty()) site_.address = word_of(channel->text_of("link"));
    while (site_.address.ends_with('/')) site_.address.pop_back();
    for (const XmlElement& element : channel->children) {
      if (element.name == "wp:author") add_author(element);
      if (element.name == "item") TRY(add_item(element));
    }
    site_.findings = told_.take();
    return std::move(site_);
  }

 private:
  Status check_version(const XmlElement& channel) {
    const XmlElement* version = channel.child("wp:wxr_version");
    if (!version) {
      return invalid_input(
          "this RSS has no wp:wxr_version, so it is a feed and not an export of WordPress; make "
          "one by Tools > Export");
    }
    std::string text = word_of(version->text);
    if (std::find(std::begin(kVersions), std::end(kVersions), text) == std::end(kVersions)) {
      told_.assume(version->place,
                   "version " + printable(text, 40) + " of the format is not known here",
                   "1.2");
    }
    return {};
  }

  void add_author(const XmlElement& element) {
    WxrAuthor author{element.place, word_of(element.text_of("wp:author_login")), "", false};
    author.name = name_of(element.text_of("wp:author_display_name"));
    author.has_mail = !element.text_of("wp:author_email").empty();
    if (author.login.empty()) {
      return told_.leave_out(element.place, "an author without a login stays behind");
    }
    if (author.name.empty()) author.name = author.login;
    if (site_.authors.size() >= schedule_import::kNamesMax) {
      return told_.count(element.place, "authors are beyond the limit, and stay behind");
    }
    site_.authors.push_back(std::move(author));
  }

  std::string body_of(const XmlElement& item, std::string_view name) {
    const XmlElement* element = item.child(name);
    if (!element) return "";
    bool is_cut = false;
    std::string text = schedule_import::readable_text(element->text, kWxrBodyBytesMax, is_cut);
    if (is_cut) {
      told_.doubt(element->place,
                  "a text is larger than " + std::to_string(kWxrBodyBytesMax >> 20) + " MiB",
                  "its beginning");
    }
    return text;
  }

  Status add_item(const XmlElement& element) {
    if (site_.items.size() >= kWxrItemsMax) {
      return invalid_input("there are more than " + std::to_string(kWxrItemsMax) +
                           " items from line " + std::to_string(element.place.line) +
                           " on; export the site in parts, by year or author");
    }
    WxrItem item;
    item.place = element.place;
    item.id = word_of(element.text_of("wp:post_id"));
    item.link = word_of(element.text_of("link"));
    if (item.id.empty()) item.id = item.link;
    item.type = word_of(element.text_of("wp:post_type"));
    item.status = word_of(element.text_of("wp:status"));
    item.title = name_of(element.text_of("title"));
    item.author = word_of(element.text_of("dc:creator"));
    item.slug = word_of(element.text_of("wp:post_name"));
    item.parent = word_of(element.text_of("wp:post_parent"));
    item.attachment = word_of(element.text_of("wp:attachment_url"));
    item.body = body_of(element, "content:encoded");
    const XmlElement* body = element.child("content:encoded");
    item.body_place = body ? body->place : element.place;
    item.excerpt = body_of(element, "excerpt:encoded");
    const XmlElement* excerpt = element.child("excerpt:encoded");
    item.excerpt_place = excerpt ? excerpt->place : element.place;
    item.wall = time_of(element.text_of("wp:post_date"));
    item.utc = time_of(element.text_of("wp:post_date_gmt"));
    item.has_password = !element.text_of("wp:post_password").empty();
    item.is_sticky = word_of(element.text_of("wp:is_sticky")) == "1";
    for (const XmlElement& part : element.children) add_part(part, item);
    site_.items.push_back(std::move(item));
    return {};
  }

  void add_part(const XmlElement& part, WxrItem& item) {
    if (part.name == "category") return add_term(part, item);
    if (part.name == "wp:comment") {
      std::string_view approved = part.text_of("wp:comment_approved");
      item.comments += approved != "spam" && approved != "trash";
      return;
    }
    if (part.name != "wp:postmeta") return;
    if (item.fields.size() >= kWxrFieldsMax) {
      return told_.count(part.place, "custom fields are beyond the limit of an item");
    }
    bool is_cut = false;
    std::string value =
        schedule_import::readable_text(part.text_of("wp:meta_value"), kWxrValueBytesMax, is_cut);
    std::string key = word_of(part.text_of("wp:meta_key"));
    if (is_cut && !key.starts_with('_')) {
      return told_.leave_out(part.place, "the custom field '" + key + "' is larger than 64 KiB");
    }
    item.fields.push_back({part.place, std::move(key), std::move(value)});
  }

  // 1.0 has each term twice, once without its slug, and says "tag" for "post_tag".
  void add_term(const XmlElement& part, WxrItem& item) {
    WxrTerm term;
    std::string_view domain = part.attribute("domain");
    bool is_tag = domain == "post_tag" || domain == "tag";
    if (!is_tag && domain != "category") {
      if (domain == "post_format" || domain.empty()) return;
      return told_.count(part.place,
                         "terms of the taxonomy '" + printable(domain, 60) + "' stay behind");
    }
    term.kind = is_tag ? WxrTerm::Kind::kTag : WxrTerm::Kind::kCategory;
    term.slug = word_of(part.attribute("nicename"));
    term.name = name_of(part.text);
    bool is_known = std::any_of(item.terms.begin(), item.terms.end(), [&](const WxrTerm& one) {
      return one.kind == term.kind && one.name == term.name;
    });
    if (term.name.empty() || is_known || item.terms.size() >= kWxrTermsMax) return;
    item.terms.push_back(std::move(term));
  }

  WxrExport site_;
  Told told_;
};

}  // namespace

Result<WxrExport> read_wxr(std::string_view bytes) {
  auto root = schedule_import::read_xml_tree(
      bytes, {.mebibytes = kWxrMebibytesMax, .elements = kWxrElementsMax});
  if (!root) {
    Error error = std::move(root).error();
    error.message +=
        "; where a plugin of WordPress has put in what is no XML, take that out, and where the "
        "file is too large, export the site in parts";
    return error;
  }
  return WxrReader().run(*root);
}

}  // namespace stet::site_import
