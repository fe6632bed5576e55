#include "api/program/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <nlohmann/json.hpp>

namespace stet::program {
namespace {

// Time and level from spdlog, the rest as members of one object.
spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> kLogger = [] {
    auto made = spdlog::stderr_logger_mt("stet");
    made->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
    return made;
  }();
  return *kLogger;
}

std::string quoted(std::string_view text) {
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void log_note(std::string_view message) { logger().info("\"message\":{}", quoted(message)); }

void log_error(std::string_view message) { logger().error("\"message\":{}", quoted(message)); }

void log_lines(std::string_view lines) {
  (void)!std::fwrite(lines.data(), 1, lines.size(), stderr);
}

}  // namespace stet::program
