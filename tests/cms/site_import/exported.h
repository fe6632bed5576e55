// Exports of WordPress as short as they can be, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "cms/site_import/wxr.h"

namespace stet::site_import {

inline std::string cdata(std::string_view text) { return "<![CDATA[" + std::string(text) + "]]>"; }

// What an item has; "" is left out, but type and status.
struct Exported {
  std::string id, title, slug, body = "", type = "post", status = "publish";
  std::string link = "", date = "2020-05-03 10:00:00", gmt = "2020-05-03 08:00:00";
  std::string more = "";  // further elements
};

// On one line but for its texts.
inline std::string item_of(const Exported& item) {
  std::string text = "<item><title>" + cdata(item.title) + "</title>";
  if (!item.link.empty()) text += "<link>" + item.link + "</link>";
  if (!item.id.empty()) text += "<wp:post_id>" + item.id + "</wp:post_id>";
  text += "<wp:post_name>" + cdata(item.slug) + "</wp:post_name>";
  text += "<wp:post_type>" + item.type + "</wp:post_type><wp:status>" + item.status;
  text += "</wp:status><wp:post_date>" + item.date + "</wp:post_date>";
  text += "<wp:post_date_gmt>" + item.gmt + "</wp:post_date_gmt>" + item.more;
  return text + "<content:encoded>" + cdata(item.body) + "</content:encoded></item>\n";
}

inline std::string channel_of(std::string_view inner, std::string_view version = "1.2") {
  return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:content=\"urn:c\" "
         "xmlns:excerpt=\"urn:e\" xmlns:wp=\"urn:w\" xmlns:dc=\"urn:d\">\n<channel>"
         "<title>Tide &amp;amp; Time</title><description>Of boats</description>"
         "<wp:base_blog_url>https://old.example/blog</wp:base_blog_url><wp:wxr_version>" +
         std::string(version) + "</wp:wxr_version>\n" + std::string(inner) + "</channel></rss>";
}

inline std::string export_of(const std::vector<Exported>& items, std::string_view before = "") {
  std::string inner(before);
  for (const Exported& item : items) inner += item_of(item);
  return channel_of(inner);
}

inline WxrExport read_export(const std::string& text) {
  auto read = read_wxr(text);
  EXPECT_TRUE(read) << read.error().message;
  return read ? std::move(*read) : WxrExport();
}

// "doubt 12: message -> assumed", one each.
inline std::vector<std::string> told(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    static constexpr const char* kNames[] = {"assumed", "doubt", "left out"};
    std::string line = std::string(kNames[static_cast<int>(finding.kind)]) + " " +
                       std::to_string(finding.place.line) + ": " + finding.message;
    lines.push_back(finding.assumed.empty() ? line : line + " -> " + finding.assumed);
  }
  return lines;
}

inline bool tells(const std::vector<Finding>& findings, std::string_view part) {
  for (const std::string& line : told(findings)) {
    if (line.find(part) != line.npos) return true;
  }
  return false;
}

inline std::string shown(const std::vector<Finding>& findings) {
  std::string text;
  for (const std::string& line : told(findings)) text += line + "\n";
  return text;
}

}  // namespace stet::site_import
