// A page whose fetch goes by XMLHttpRequest, and answers with a Response of its own.

import { Headers, Request, Response, fetch } from 'whatwg-fetch';

Object.assign(window, { Headers, Request, Response, fetch });
