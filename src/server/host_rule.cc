#include "server/host_rule.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace spotisearch {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// "[::1]:8080" -> "::1", "Localhost.:80" -> "localhost".
std::string name_of(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? "" : lower_case(host.substr(1, end - 1));
  }
  // Two colons and no brackets: an IPv6 address, which only our own options write so.
  if (std::count(host.begin(), host.end(), ':') == 1) host = host.substr(0, host.find(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower_case(host);
}

bool is_address(const std::string& name) {
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return !error;
}

}  // namespace

HostRule::HostRule(std::string_view bound_host, const std::vector<std::string>& added)
    : hosts_{"localhost", "127.0.0.1", "::1"} {
  const std::string bound = name_of(bound_host);
  any_address_ = bound == "0.0.0.0" || bound == "::";
  hosts_.push_back(bound);
  for (const std::string& host : added) hosts_.push_back(name_of(host));
}

bool HostRule::allows(std::string_view host_header) const {
  const std::string name = name_of(host_header);
  if (name.empty()) return false;
  if (std::find(hosts_.begin(), hosts_.end(), name) != hosts_.end()) return true;
  return any_address_ && is_address(name);
}

}  // namespace spotisearch
