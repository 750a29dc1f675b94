-- Drives Neovim's own language client on one file, as a user would, and writes down what he sees.
-- GOUJI_FILE is opened, GOUJI_SERVER is the server's script, GOUJI_FIND the text to act on; the answer
-- goes to GOUJI_OUT as JSON.
local seen = { version = tostring(vim.version().major) .. '.' .. tostring(vim.version().minor) }

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then
    error(what .. ' never came')
  end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

-- What the client made of positions that are UTF-16 on the wire and bytes in a buffer.
local function diagnostics()
  return vim.tbl_map(function(found)
    local lines =
      vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})
    return {
      line = found.lnum,
      text = table.concat(lines, '\n'),
      message = found.message,
      severity = found.severity,
      code = found.code or (found.user_data and found.user_data.lsp.code),
    }
  end, vim.diagnostic.get(0))
end

local function drive()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.GOUJI_FILE))
  local id = vim.lsp.start_client({
    name = 'gouji',
    cmd = { 'node', vim.env.GOUJI_SERVER, '--stdio' },
    root_dir = vim.fn.fnamemodify(vim.env.GOUJI_FILE, ':h'),
    init_options = { locale = 'zh-cn' },
  })
  vim.lsp.buf_attach_client(0, id)
  wait('the server', function()
    return vim.lsp.get_client_by_id(id).initialized
  end)
  wait('diagnostics', function()
    return #vim.diagnostic.get(0) > 0
  end)
  seen.diagnostics = diagnostics()

  if (vim.env.GOUJI_FIND or '') ~= '' then
    vim.fn.search('\\V' .. vim.env.GOUJI_FIND, 'w')
    vim.lsp.buf.hover()
    local window
    wait('hover', function()
      for _, candidate in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(candidate).relative ~= '' then
          window = candidate
        end
      end
      return window ~= nil
    end)
    local buffer = vim.api.nvim_win_get_buf(window)
    seen.hover = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    vim.api.nvim_win_close(window, true)

    -- The list of actions, of which a user takes the first.
    vim.ui.select = function(items, options, choose)
      seen.actions = vim.tbl_map(options.format_item, items)
      choose(items[1], 1)
    end
    local before = text()
    vim.lsp.buf.code_action()
    wait('code action', function()
      return text() ~= before
    end)
    seen.fixed = text()
    wait('diagnostics of the fixed text', function()
      return #vim.diagnostic.get(0) ~= #seen.diagnostics
    end)
    seen.left = diagnostics()
  end

  if vim.lsp.get_client_by_id(id).server_capabilities.documentFormattingProvider then
    local format = vim.lsp.buf.format or function()
      vim.lsp.buf.formatting_sync(nil, 30000)
    end
    format({ timeout_ms = 30000 })
    seen.formatted = text()
    format({ timeout_ms = 30000 })
    seen.formattedTwice = text()
  end
  vim.lsp.stop_client(id)
end

local well, problem = pcall(drive)
if not well then
  seen.problem = problem
end
local file = assert(io.open(vim.env.GOUJI_OUT, 'w'))
file:write((vim.json and vim.json.encode or vim.fn.json_encode)(seen))
file:close()
vim.cmd('qall!')
