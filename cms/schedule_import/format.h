// In which of the known formats a schedule comes.
#pragma once

#include <optional>
#include <string_view>

namespace stet::schedule_import {

enum class Format { kPage, kXml, kJson, kCalendar, kCsv };

// "page", "xml", "json", "ics", "csv".
std::optional<Format> format_named(std::string_view name);

// By the file's name, else by how its content begins. Threads: pure.
Format format_of(std::string_view path, std::string_view bytes);

}  // namespace stet::schedule_import
