#include "cms/schedule_import/report.h"

#include <algorithm>
#include <numeric>

#include "storage/base/utf8.h"

namespace stet::schedule_import {
namespace {

// So many characters, not bytes.
std::string padded(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t count = 0;
  for (std::string_view rest = text; !rest.empty() && count < width; ++count) {
    char32_t c = take_code_point(rest);
    bool is_last = count + 1 == width && !rest.empty();
    append_code_point(out, is_last ? U'\u2026' : c);
  }
  return out + std::string(width - count, ' ');
}

std::string clock(const Time& time) { return iso_time(time).substr(11, 5); }

std::string times_of(const Session& session, const TimeZone& zone) {
  if (!session.start) return "no time";
  Time start = zone.at(session.start->seconds);
  std::string text = clock(start);
  if (session.end) {
    Time end = zone.at(session.end->seconds);
    text += "-" + clock(end);
    std::int64_t days =
        days_since_epoch(civil_of(end).date) - days_since_epoch(civil_of(start).date);
    if (days > 0) text += "+" + std::to_string(days);
  }
  return text + " " + zone.offset_at(start.seconds).abbreviation;
}

std::string day_of(const Session& session, const TimeZone& zone) {
  return session.start ? iso_date(civil_of(zone.at(session.start->seconds)).date) : "";
}

std::string fate_of(const PlannedSession& planned) {
  if (planned.is_new) return "new";
  if (planned.fields.empty() && planned.has_slots) return "as it is: its slots stay";
  if (planned.fields.empty()) return "as it is";
  std::string text = "changes";
  for (const std::string& field : planned.fields) text += " " + field;
  return text;
}

std::string_view name_of(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::kAssumed: return "assumed";
    case Finding::Kind::kDoubt: return "doubt";
    case Finding::Kind::kLeftOut: return "left out";
  }
  return "";
}

std::string line_of(const Finding& finding, std::string_view path) {
  Problem problem{Severity::kWarning,
                  std::string(path),
                  finding.place.line,
                  finding.place.column,
                  std::string(name_of(finding.kind)) + ": " + finding.message};
  std::string text = to_string(problem);
  if (!finding.assumed.empty()) text += "; taken as: " + finding.assumed;
  return text + "\n";
}

}  // namespace

std::string table_text(const Schedule& schedule, const Plan& plan) {
  std::vector<std::size_t> order(schedule.sessions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto& first = schedule.sessions[a].start;
    const auto& second = schedule.sessions[b].start;
    if (!first != !second) return first.has_value();
    return first && second && *first < *second;
  });
  std::string text = padded("line", 6) + padded("day", 12) + padded("time", 19) +
                     padded("written", 18) + padded("room", 14) + padded("title", 44) + " file\n";
  for (std::size_t i : order) {
    const Session& session = schedule.sessions[i];
    const PlannedSession& planned = plan.sessions[i];
    std::string line = session.place.line > 0 ? std::to_string(session.place.line) : "";
    text += padded(line, 5) + " " + padded(day_of(session, plan.zone), 11) + " " +
            padded(times_of(session, plan.zone), 18) + " " + padded(session.written, 17) + " " +
            padded(session.room, 13) + " " + padded(session.title, 44) + " " + planned.path + " (" +
            fate_of(planned) + ")\n";
  }
  text += std::to_string(schedule.sessions.size()) + " sessions, " +
          std::to_string(schedule.speakers.size()) + " speakers, times in " + plan.zone.name() +
          "; " + std::to_string(plan.files.size()) + " files change\n";
  if (!plan.untouched.empty()) {
    text += std::to_string(plan.untouched.size()) +
            " sessions that are there are not in the file, and stay\n";
  }
  return text;
}

std::string findings_text(const std::vector<Finding>& findings, std::string_view path) {
  std::vector<const Finding*> order;
  for (const Finding& finding : findings) order.push_back(&finding);
  auto rank = [](const Finding* finding) { return finding->kind == Finding::Kind::kDoubt ? 0 : 1; };
  std::stable_sort(order.begin(), order.end(), [&](const Finding* a, const Finding* b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return a->place.line < b->place.line;
  });
  std::string text;
  for (const Finding* finding : order) text += line_of(*finding, path);
  return text;
}

std::size_t count_of(const std::vector<Finding>& findings, Finding::Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.kind == kind;
      }));
}

}  // namespace stet::schedule_import
