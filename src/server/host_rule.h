// Which Host headers are answered: a guard against DNS rebinding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spotisearch {

/// A web page elsewhere can point a name of its own at 127.0.0.1 and read what a browser is given
/// there; its requests then carry that name. So only names known to be ours are answered:
/// localhost, 127.0.0.1, [::1], the bound address, and those that the user adds. Bound to all
/// addresses (0.0.0.0, ::), any IP address is answered too, because rebinding needs a name.
class HostRule {
 public:
  HostRule(std::string_view bound_host, const std::vector<std::string>& added);

  /// `host_header` as sent, with or without a port.
  bool allows(std::string_view host_header) const;

 private:
  std::vector<std::string> hosts_;  // lower-case, no brackets
  bool any_address_ = false;
};

}  // namespace spotisearch
